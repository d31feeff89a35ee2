using System.Net;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>The account is killed, or its namespace deleted, in the middle of things.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class BackendFaultTests(SharedOperatorFixture fixture)
{
    private const int Count = 30;
    private readonly Kube kube = fixture.Kube;

    [Fact]
    public async Task Whenever_the_account_is_killed_each_ScimToken_ends_with_one_token_that_works_and_none_is_left_over()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        for (var i = 0; i < Count; i++)
        {
            (await tenant.CreateTokenAsync($"token-{i}", "alice")).Succeeded();
            if (i % 10 == 5)
            {
                await backend.KillAsync();
                await backend.StartAgainAsync();
            }
        }

        for (var i = 0; i < Count; i++)
        {
            await tenant.WaitReadyAsync(Tenant.Tokens, $"token-{i}");
            Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(await tenant.TokenValueAsync($"token-{i}-scim")));
        }

        Assert.Equal(Count, (await backend.TokensAsync()).Count);
    }

    [SkippableFact]
    public async Task A_deleted_namespace_goes_and_takes_its_token_along_but_no_user()
    {
        Skip.IfNot(kube.Plane.HasControllerManager, "This control plane has no kube-controller-manager, which empties namespaces.");
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        (await kube.DeleteAsync($"/api/v1/namespaces/{tenant.Namespace}")).Succeeded();
        await kube.WaitUntilGoneAsync($"/api/v1/namespaces/{tenant.Namespace}");
        Assert.Empty(await backend.TokensAsync());
        Assert.Equal("Admin", (await backend.UserAsync("alice"))["userType"]!.GetValue<string>());
    }
}

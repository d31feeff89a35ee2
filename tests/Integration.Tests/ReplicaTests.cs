using System.Net;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>Two replicas of the operator, of which one leads.</summary>
[Collection(OwnPlaneCollection.Name)]
public sealed class ReplicaTests(OwnPlaneFixture fixture)
{
    [SkippableFact]
    public async Task Of_two_replicas_one_works_and_the_other_goes_on_when_it_stops()
    {
        await using var first = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        await using var second = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var before = await tenant.SecretAsync("okta-scim");
        Assert.Equal(0, await first.StopAsync());
        (await tenant.CreateTokenAsync("entra", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "entra");
        Assert.Equal(before.ToJsonString(), (await tenant.SecretAsync("okta-scim")).ToJsonString());
        Assert.Equal(2, (await backend.TokensAsync()).Count);
    }

    [SkippableFact]
    public async Task A_leader_that_is_cut_off_ends_and_the_other_takes_over_without_a_second_token()
    {
        await using var network = new TcpProxy(fixture.Kube.Plane.Server.Port);
        await using var first = await RunningOperator.StartAsync(fixture.Installation, webhooks: false, kubeconfig: fixture.Installation.KubeconfigThrough(network));
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend);
        await using var second = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        for (var i = 0; i < 10; i++)
        {
            (await tenant.CreateTokenAsync($"token-{i}", "alice")).Succeeded();
        }

        // In the middle of the work, or before it, or after: the end must be the same.
        network.Block();
        Assert.Equal(1, await first.Ends.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System));
        for (var i = 0; i < 10; i++)
        {
            await tenant.WaitReadyAsync(Tenant.Tokens, $"token-{i}");
            Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(await tenant.TokenValueAsync($"token-{i}-scim")));
        }

        Assert.Equal(10, (await backend.TokensAsync()).Count);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>kubectl scim rotate on the real API server, with the operator and the account running, as a person with the shipped role.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class CliRotateTests(SharedOperatorFixture fixture)
{
    private const string Quick = ""","rotation":{"overlap":"0s"}""";
    private readonly Kube kube = fixture.Kube;

    [SkippableFact]
    public async Task A_rotation_is_followed_until_the_new_token_is_in_use_and_the_old_one_is_gone()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokenAsync(backend);
        var old = await tenant.TokenValueAsync("okta-scim");
        var person = await CliUser.CreateAsync(tenant);

        using var run = person.Start("rotate", "okta", "--wait");
        await run.SaysAsync("let the identity provider read Secret okta-scim again");
        Assert.Equal("", run.Output);
        var fresh = await tenant.TokenValueAsync("okta-scim");
        Assert.NotEqual(old, fresh);
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(fresh));
        await run.EndsAsync(0);

        Assert.Equal("scimtoken.scim-operator.io/okta rotated\n", run.Output);
        Assert.Contains("Retiring, issued to alice", run.Error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await backend.UseAsync(old));
        Assert.Single(await backend.TokensAsync());
        Assert.DoesNotContain(fresh, run.All, StringComparison.Ordinal);
        Assert.DoesNotContain(old, run.All, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_wait_that_ends_early_says_what_is_pending_and_the_rotation_goes_on()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokenAsync(backend);
        var old = await tenant.TokenValueAsync("okta-scim");
        var person = await CliUser.CreateAsync(tenant);

        var ended = await person.RunAsync(3, "rotate", "okta", "--wait", "--timeout", "3s");
        Assert.Contains("Not over within 3s.", ended.Error, StringComparison.Ordinal);
        Assert.Contains($"ScimToken {tenant.Namespace}/okta: token ", ended.Error, StringComparison.Ordinal);
        Assert.Contains($"kubectl get scimtoken okta -n {tenant.Namespace} --watch", ended.Error, StringComparison.Ordinal);

        // Asked for while the first one waits: the second follows it, and Ctrl-C ends the wait only.
        using var second = person.Start("rotate", "okta", "--wait");
        await second.SaysAsync("an earlier rotation is still under way");
        await second.InterruptAsync();
        await second.EndsAsync(130);
        Assert.Contains("Stopped waiting.", second.Error, StringComparison.Ordinal);

        // A rotation that has not begun is not asked for twice.
        using var third = person.Start("rotate", "okta", "--wait");
        await third.SaysAsync("it is not asked for twice");
        await third.SaysAsync("an earlier rotation is still under way");
        var first = await tenant.TokenValueAsync("okta-scim");
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(first));
        await third.SaysAsync("let the identity provider read Secret okta-scim again.\n");
        await Eventually.HoldsAsync(async () => await tenant.TokenValueAsync("okta-scim") == first ? "the second has not begun" : null, "the second rotation begins");
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(await tenant.TokenValueAsync("okta-scim")));
        await third.EndsAsync(0);
        Assert.Equal(HttpStatusCode.Unauthorized, await backend.UseAsync(old));
        Assert.Equal(HttpStatusCode.Unauthorized, await backend.UseAsync(first));
    }

    [SkippableFact]
    public async Task Without_wait_the_object_is_printed_as_kubectl_would()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokenAsync(backend);
        var person = await CliUser.CreateAsync(tenant);

        var json = JsonNode.Parse((await person.RunAsync(0, "rotate", "okta", "-o", "json")).Output)!;
        Assert.Equal("ScimToken", json["kind"]!.GetValue<string>());
        var request = json["metadata"]!["annotations"]!["scim-operator.io/rotate-requested-at"]!.GetValue<string>();
        await Eventually.HoldsAsync(
            async () => (await tenant.GetAsync(Tenant.Tokens, "okta"))["status"]?["lastHandledRotateAt"]?.GetValue<string>() == request ? null : "not acknowledged",
            "the rotation is acknowledged");
        Assert.Equal("scimtoken.scim-operator.io/okta\n", (await person.RunAsync(0, "rotate", "okta", "-o", "name")).Output);
        Assert.Contains("\nkind: ScimToken\n", (await person.RunAsync(0, "rotate", "okta", "-o", "yaml")).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_would_never_be_carried_out_is_refused_with_the_reason()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokenAsync(backend);
        var person = await CliUser.CreateAsync(tenant);

        Assert.Contains($"There is no ScimToken {tenant.Namespace}/nope.", (await person.RunAsync(2, "rotate", "nope")).Error, StringComparison.Ordinal);
        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"suspend":true}""")).Succeeded();
        Assert.Contains("it is suspended", (await person.RunAsync(2, "rotate", "okta", "--wait")).Error, StringComparison.Ordinal);
        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"suspend":null}""")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Accounts, "acme", """{"managementPolicy":"Observe"}""")).Succeeded();
        Assert.Contains("the managementPolicy of Account acme is Observe", (await person.RunAsync(2, "rotate", "okta")).Error, StringComparison.Ordinal);
        Assert.Null((await tenant.GetAsync(Tenant.Tokens, "okta"))["metadata"]!["annotations"]);
    }

    [SkippableFact]
    public async Task A_person_who_may_only_look_is_told_which_right_is_missing()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokenAsync(backend);
        var viewer = await CliUser.CreateAsync(tenant, CliUser.Viewer);

        var refused = await viewer.RunAsync(2, "rotate", "okta");
        Assert.Contains("RBAC needed: verb \"patch\" on resource \"scimtokens\"", refused.Error, StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
    }

    private async Task<Tenant> TokenAsync(BackendProcess backend)
    {
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice", Quick)).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        return tenant;
    }
}

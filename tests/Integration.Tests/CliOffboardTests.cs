using System.Net;
using System.Text.Json.Nodes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>kubectl scim offboard on the real API server, with the operator and the account running, as a person with the shipped role.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class CliOffboardTests(SharedOperatorFixture fixture)
{
    private const string Quick = ""","rotation":{"overlap":"0s"}""";
    private readonly Kube kube = fixture.Kube;

    [SkippableFact]
    public async Task One_command_moves_every_token_waits_for_its_use_and_only_then_deactivates()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokensAsync(backend, "okta", "entra");
        var (okta, entra) = (await tenant.TokenValueAsync("okta-scim"), await tenant.TokenValueAsync("entra-scim"));
        var person = await CliUser.CreateAsync(tenant);

        using var run = person.Start("offboard", "alice", "--to", "bob", "--wait");
        await UseNewAsync(tenant, backend, "okta-scim", okta);
        await run.SaysAsync("okta: done: token ");
        Assert.True((await backend.UserAsync("alice"))["active"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(entra));
        await UseNewAsync(tenant, backend, "entra-scim", entra);
        await run.EndsAsync(0);

        Assert.Equal(
            "scimtoken.scim-operator.io/entra re-homed to bob\nscimtoken.scim-operator.io/okta re-homed to bob\naccountuser.scim-operator.io/alice deactivated\n",
            run.Output);
        Assert.False((await backend.UserAsync("alice"))["active"]!.GetValue<bool>());
        var bob = (await backend.UserAsync("bob"))["id"]!.GetValue<string>();
        Assert.Equal([bob, bob], (await backend.TokensAsync()).Select(t => t["ownerId"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(await tenant.TokenValueAsync("okta-scim")));
        Assert.DoesNotContain(okta, run.All, StringComparison.Ordinal);

        // Nothing is left to do: it says so, and changes nothing.
        var again = await person.RunAsync(0, "offboard", "alice", "--to", "bob", "-o", "json");
        Assert.True(JsonNode.Parse(again.Output)!["complete"]!.GetValue<bool>());
    }

    [SkippableFact]
    public async Task What_was_interrupted_is_continued_by_running_it_again()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokensAsync(backend, "okta");
        var old = await tenant.TokenValueAsync("okta-scim");
        var person = await CliUser.CreateAsync(tenant);

        using var first = person.Start("offboard", "alice", "--to", "bob", "--demote", "Member", "--wait");
        await first.SaysAsync("let the identity provider read Secret okta-scim again");
        await first.InterruptAsync();
        await first.EndsAsync(130);
        Assert.Contains($"To continue: kubectl scim offboard alice --to bob -n {tenant.Namespace} --demote Member --wait", first.Error, StringComparison.Ordinal);

        var second = await person.RunAsync(0, "offboard", "alice", "--to", "bob", "--demote", "Member");
        Assert.Equal("scimtoken.scim-operator.io/okta moving to bob\n", second.Output);
        Assert.Contains("is not changed before that. To wait for it and finish: ", second.Error, StringComparison.Ordinal);
        Assert.Equal("Admin", (await tenant.GetAsync(Tenant.Users, "alice"))["spec"]!["userType"]!.GetValue<string>());
        Assert.Contains("Not over within 2s.", (await person.RunAsync(3, "offboard", "alice", "--to", "bob", "--demote", "Member", "--wait", "--timeout", "2s")).Error, StringComparison.Ordinal);

        using var last = person.Start("offboard", "alice", "--to", "bob", "--demote", "Member", "--wait", "-o", "json");
        await UseNewAsync(tenant, backend, "okta-scim", old);
        await last.EndsAsync(0);
        var result = JsonNode.Parse(last.Output)!;
        Assert.True(result["complete"]!.GetValue<bool>());
        Assert.Equal("demote", result["action"]!.GetValue<string>());
        Assert.Equal("okta", Assert.Single(result["tokens"]!.AsArray())!["scimToken"]!.GetValue<string>());
        var alice = await backend.UserAsync("alice");
        Assert.Equal(("Member", true), (alice["userType"]!.GetValue<string>(), alice["active"]!.GetValue<bool>()));
    }

    [SkippableFact]
    public async Task A_token_that_is_issued_meanwhile_is_moved_too()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokensAsync(backend, "okta");
        var okta = await tenant.TokenValueAsync("okta-scim");
        var person = await CliUser.CreateAsync(tenant);

        using var run = person.Start("offboard", "alice", "--to", "bob", "--wait", "-o", "name");
        await run.SaysAsync("let the identity provider read Secret okta-scim again");
        (await tenant.CreateTokenAsync("late", "alice", Quick)).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "late");
        var late = await tenant.TokenValueAsync("late-scim");
        await UseNewAsync(tenant, backend, "okta-scim", okta);
        await run.SaysAsync("late: spec.ownerRef set to bob.");
        await UseNewAsync(tenant, backend, "late-scim", late);
        await run.EndsAsync(0);

        Assert.Equal("scimtoken.scim-operator.io/okta\nscimtoken.scim-operator.io/late\naccountuser.scim-operator.io/alice\n", run.Output);
        Assert.False((await backend.UserAsync("alice"))["active"]!.GetValue<bool>());
    }

    [SkippableFact]
    public async Task Somebody_who_sets_the_owner_back_ends_it_with_what_to_do_and_alice_stays_active()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokensAsync(backend, "okta");
        var person = await CliUser.CreateAsync(tenant);

        using var run = person.Start("offboard", "alice", "--to", "bob", "--wait");
        await run.SaysAsync("let the identity provider read Secret okta-scim again");
        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"ownerRef":{"name":"alice"}}""")).Succeeded();
        await run.EndsAsync(2);

        Assert.Contains("its spec.ownerRef was set to alice by somebody else", run.Error, StringComparison.Ordinal);
        Assert.Contains($"continue: kubectl scim offboard alice --to bob -n {tenant.Namespace} --wait", run.Error, StringComparison.Ordinal);
        Assert.True((await backend.UserAsync("alice"))["active"]!.GetValue<bool>());
    }

    [SkippableFact]
    public async Task A_plan_is_applied_in_two_steps_and_the_second_is_denied_before_the_first_is_over()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokensAsync(backend, "okta");
        var old = await tenant.TokenValueAsync("okta-scim");
        var person = await CliUser.CreateAsync(tenant);

        var plan = (await person.RunAsync(0, "offboard", "alice", "--to", "bob", "--plan")).Output;
        var rehome = (await person.RunAsync(0, "offboard", "alice", "--to", "bob", "--plan", "--step", "1")).Output;
        var deactivate = (await person.RunAsync(0, "offboard", "alice", "--to", "bob", "--plan", "--step", "2")).Output;
        Assert.Contains(rehome[rehome.IndexOf("---", StringComparison.Ordinal)..], plan, StringComparison.Ordinal);
        Assert.Contains(deactivate[deactivate.IndexOf("---", StringComparison.Ordinal)..], plan, StringComparison.Ordinal);
        Assert.Equal("alice", (await tenant.GetAsync(Tenant.Tokens, "okta"))["spec"]!["ownerRef"]!["name"]!.GetValue<string>());

        await kube.KubectlAsync("apply -f -", rehome);
        var early = await kube.TryKubectlAsync("apply -f -", deactivate);
        Assert.False(early.Succeeded);
        Assert.Contains("holds 1 SCIM token", early.Stderr, StringComparison.Ordinal);
        await UseNewAsync(tenant, backend, "okta-scim", old);
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        await kube.KubectlAsync("apply -f -", deactivate);
        await tenant.WaitReadyAsync(Tenant.Users, "alice");
        Assert.False((await backend.UserAsync("alice"))["active"]!.GetValue<bool>());
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_made_outside_the_cluster_blocks_and_is_named_before_anything_is_changed(bool asksAccount)
    {
        await using var backend = await BackendProcess.StartAsync();
        await backend.MintAsync("alice", "made by hand");
        var tenant = await TokensAsync(backend, "okta");
        await Eventually.HoldsAsync(
            async () => (await tenant.GetAsync(Tenant.Users, "alice"))["status"]!["heldTokenCount"]?.GetValue<int>() == 2 ? null : "not reported", "both tokens are reported");
        var person = await CliUser.CreateAsync(tenant, readsCredential: asksAccount);

        var refused = await person.RunAsync(1, "offboard", "alice", "--to", "bob", "--wait");
        Assert.Contains("\"made by hand\"", refused.Error, StringComparison.Ordinal);
        Assert.Contains("replace what was made outside this cluster", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"okta\"", refused.Error, StringComparison.Ordinal);
        Assert.Equal("alice", (await tenant.GetAsync(Tenant.Tokens, "okta"))["spec"]!["ownerRef"]!["name"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task The_admin_behind_the_accounts_own_credential_is_refused_at_once_or_by_the_webhook_at_the_last_step()
    {
        await using var backend = await BackendProcess.StartAsync("--credential-admin", Tenant.Email("alice"));
        var tenant = await TokensAsync(backend);

        var asking = await CliUser.CreateAsync(tenant, readsCredential: true);
        Assert.Contains("the credential that the Account itself uses belongs to alice@acme.test", (await asking.RunAsync(1, "offboard", "alice", "--to", "bob")).Error, StringComparison.Ordinal);
        var person = await CliUser.CreateAsync(tenant);
        var refused = await person.RunAsync(1, "offboard", "alice", "--to", "bob", "--wait");
        Assert.Contains("The account itself was not asked", refused.Error, StringComparison.Ordinal);
        Assert.Contains("the credential that the Account itself uses belongs to alice@acme.test", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("RBAC needed: verb \"patch\"", refused.Error, StringComparison.Ordinal);
        Assert.True((await backend.UserAsync("alice"))["active"]!.GetValue<bool>());
    }

    [SkippableFact]
    public async Task Whoever_can_not_take_over_is_refused_before_anything_is_changed()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await TokensAsync(backend, "okta");
        (await tenant.CreateUserAsync("carol", "Member")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "carol");
        var person = await CliUser.CreateAsync(tenant);

        Assert.Contains("carol is a Member", (await person.RunAsync(1, "offboard", "alice", "--to", "carol", "--wait")).Error, StringComparison.Ordinal);
        Assert.Contains("there is no AccountUser dave", (await person.RunAsync(1, "offboard", "alice", "--to", "dave")).Error, StringComparison.Ordinal);
        Assert.Contains("Name another active admin with --to", (await person.RunAsync(2, "offboard", "alice", "--to", "alice")).Error, StringComparison.Ordinal);
        Assert.Contains("There is no AccountUser", (await person.RunAsync(2, "offboard", "dave", "--to", "bob")).Error, StringComparison.Ordinal);
        Assert.Equal("alice", (await tenant.GetAsync(Tenant.Tokens, "okta"))["spec"]!["ownerRef"]!["name"]!.GetValue<string>());
    }

    private static async Task UseNewAsync(Tenant tenant, BackendProcess backend, string secret, string old)
    {
        var fresh = old;
        await Eventually.HoldsAsync(async () => (fresh = await tenant.TokenValueAsync(secret)) == old ? "the old token" : null, $"Secret {secret} holds a new token");
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(fresh));
    }

    private async Task<Tenant> TokensAsync(BackendProcess backend, params string[] names)
    {
        var tenant = await Tenant.ReadyAsync(kube, backend);
        foreach (var name in names)
        {
            (await tenant.CreateTokenAsync(name, "alice", Quick)).Succeeded();
        }

        foreach (var name in names)
        {
            await tenant.WaitReadyAsync(Tenant.Tokens, name);
        }

        return tenant;
    }
}

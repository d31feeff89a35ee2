using System.Net;
using System.Text.Json.Nodes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>The guard behind the validating webhook: whichever way a change comes in.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class GuardTests(SharedOperatorFixture fixture) : IAsyncLifetime
{
    private readonly Kube kube = fixture.Kube;
    private BackendProcess backend = null!;
    private Tenant tenant = null!;

    public async Task InitializeAsync()
    {
        backend = await BackendProcess.StartAsync();
        tenant = await Tenant.ReadyAsync(kube, backend);
    }

    public async Task DisposeAsync() => await backend.DisposeAsync();

    [SkippableFact]
    public async Task An_admin_who_holds_a_token_is_neither_demoted_nor_deactivated_by_any_verb()
    {
        await IssueAsync("okta", "alice");
        var path = tenant.Path(Tenant.Users, "alice");
        var before = await tenant.GetAsync(Tenant.Users, "alice");
        var replaced = before.DeepClone();
        replaced["spec"]!["userType"] = "Viewer";
        var applied = JsonNode.Parse(Tenant.UserManifest("alice", "Guest"))!;
        var attempts = new Dictionary<string, Answer>
        {
            ["merge patch"] = await kube.MergeAsync(path, """{"spec":{"userType":"Member"}}"""),
            ["merge patch, dry run"] = await kube.MergeAsync(path + "?dryRun=All", """{"spec":{"userType":"Member"}}"""),
            ["JSON patch"] = await kube.JsonPatchAsync(path, """[{"op":"add","path":"/spec/active","value":false}]"""),
            ["replace"] = await kube.PutAsync(path, replaced.ToJsonString()),
            ["server-side apply"] = await kube.ApplyAsync(path, applied.ToJsonString()),
        };
        Assert.All(attempts, attempt =>
        {
            Assert.True(attempt.Value.Status == HttpStatusCode.Forbidden, $"{attempt.Key}: {attempt.Value.Text}");
            Assert.Contains($"AccountUser {tenant.Namespace}/alice can't be ", attempt.Value.Message, StringComparison.Ordinal);
            Assert.Contains($"(ScimToken {tenant.Namespace}/okta, Secret okta-scim)", attempt.Value.Message, StringComparison.Ordinal);
            Assert.Contains($"set spec.ownerRef of ScimToken {tenant.Namespace}/okta to another active admin", attempt.Value.Message, StringComparison.Ordinal);
        });
        var kubectl = await kube.TryKubectlAsync($"apply --dry-run=server -n {tenant.Namespace} -f -", Tenant.UserManifest("alice", "Member"));
        Assert.False(kubectl.Succeeded);
        Assert.Contains("demoted from Admin to Member", kubectl.Stderr, StringComparison.Ordinal);
        await AssertUntouchedAsync("alice", before);
    }

    [Theory]
    [InlineData("Delete", "can't be deleted")]
    [InlineData("Deactivate", "can't be deactivated")]
    public async Task Neither_is_one_deleted_alone_or_in_a_collection(string policy, string words)
    {
        await IssueAsync("okta", "alice");
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", $$"""{"deletionPolicy":"{{policy}}"}""")).Succeeded();
        var before = await tenant.GetAsync(Tenant.Users, "alice");
        foreach (var path in new[] { tenant.Path(Tenant.Users, "alice"), tenant.Path(Tenant.Users) + "?fieldSelector=metadata.name%3Dalice" })
        {
            var answer = await kube.DeleteAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
            Assert.Contains($"AccountUser {tenant.Namespace}/alice {words}", answer.Message, StringComparison.Ordinal);
        }

        Assert.Null((await tenant.GetAsync(Tenant.Users, "alice"))["metadata"]!["deletionTimestamp"]);
        await AssertUntouchedAsync("alice", before);
    }

    [Fact]
    public async Task An_edit_that_makes_nothing_worse_passes_even_while_the_account_is_down()
    {
        await IssueAsync("okta", "alice");
        await backend.KillAsync();
        var path = tenant.Path(Tenant.Users, "alice");
        (await kube.MergeAsync(path, """{"metadata":{"labels":{"team":"it"},"annotations":{"a":"b"}}}""")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"displayName":"Alice A."}""")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"active":true,"deletionPolicy":"Deactivate"}""")).Succeeded();
        (await kube.MergeAsync(tenant.Path(Tenant.Tokens, "okta"), """{"metadata":{"labels":{"team":"it"}}}""")).Succeeded();
    }

    [Fact]
    public async Task Not_knowing_is_a_denial_that_says_why_and_knowing_again_an_allowance()
    {
        await backend.KillAsync();
        var denied = await tenant.PatchSpecAsync(Tenant.Users, "bob", """{"userType":"Member"}""");
        Assert.False(denied.Ok);
        Assert.Contains($"whether {Tenant.Email("bob")} holds a SCIM token is not known, because Account {tenant.Namespace}/acme", denied.Message, StringComparison.Ordinal);
        await backend.StartAgainAsync();
        await Eventually.HoldsAsync(
            async () => await tenant.PatchSpecAsync(Tenant.Users, "bob", """{"userType":"Member"}""") is { Ok: false } answer ? answer.Text : null,
            "the account is asked again");
        await tenant.WaitReadyAsync(Tenant.Users, "bob");
        Assert.Equal("Member", (await backend.UserAsync("bob"))["userType"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_account_that_does_not_answer_in_time_is_a_denial_too()
    {
        await using var proxy = await BackendProxy.StartAsync(backend);
        var slow = await Tenant.ReadyAsync(kube, backend, proxy.Url);
        proxy.Hold();
        var denied = await slow.PatchSpecAsync(Tenant.Users, "bob", """{"active":false}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, denied.Status);
        Assert.Contains($"Account {slow.Namespace}/acme did not answer within", denied.Message, StringComparison.Ordinal);
        proxy.Release();
        (await slow.PatchSpecAsync(Tenant.Users, "bob", """{"active":false}""")).Succeeded();
    }

    [Fact]
    public async Task A_token_made_outside_the_cluster_holds_its_owner_too()
    {
        var id = await backend.MintAsync("bob", "made by hand");
        var denied = await tenant.PatchSpecAsync(Tenant.Users, "bob", """{"active":false}""");
        Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
        Assert.Contains($"\"made by hand\" (token {id}, made outside this cluster)", denied.Message, StringComparison.Ordinal);
        Assert.Contains("replace what was made outside this cluster with a token that another admin generates", denied.Message, StringComparison.Ordinal);
        (await backend.DeleteAsync($"/api/v1/scim-tokens/{id}")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Users, "bob", """{"active":false}""")).Succeeded();
    }

    [Fact]
    public async Task Adopting_an_admin_with_a_lesser_type_is_a_demotion()
    {
        (await backend.PostAsync("/api/v1/users", $$"""{"email":"{{Tenant.Email("zoe")}}","userType":"Admin"}""")).Succeeded();
        var id = await backend.MintAsync("zoe", "entra");
        var denied = await tenant.CreateUserAsync("zoe", "Viewer");
        Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
        Assert.Contains("can't be demoted from Admin to Viewer", denied.Message, StringComparison.Ordinal);
        (await backend.DeleteAsync($"/api/v1/scim-tokens/{id}")).Succeeded();
        (await tenant.CreateUserAsync("zoe", "Viewer")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "zoe");
        Assert.Equal("Viewer", (await backend.UserAsync("zoe"))["userType"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_ScimToken_is_issued_to_an_active_admin_of_its_account_only()
    {
        (await tenant.CreateUserAsync("mia", "Member")).Succeeded();
        (await tenant.CreateUserAsync("ida", "Admin", ""","active":false""")).Succeeded();
        var elsewhere = JsonNode.Parse(Tenant.UserManifest("eve"))!;
        elsewhere["spec"]!["accountRef"]!["name"] = "other";
        (await kube.PostAsync(tenant.Path(Tenant.Users), elsewhere.ToJsonString())).Succeeded();
        var refused = new Dictionary<string, string>
        {
            ["nobody"] = "there is no AccountUser nobody",
            ["mia"] = "AccountUser mia is a Member",
            ["ida"] = "AccountUser ida is not active",
            ["eve"] = "AccountUser eve belongs to Account other",
        };
        foreach (var (owner, words) in refused)
        {
            var answer = await tenant.CreateTokenAsync("okta", owner);
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
            Assert.Contains(words, answer.Message, StringComparison.Ordinal);
        }

        await IssueAsync("okta", "alice");
        var moved = await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"ownerRef":{"name":"mia"}}""");
        Assert.Equal(HttpStatusCode.Forbidden, moved.Status);
    }

    [Fact]
    public async Task An_account_in_use_is_neither_deleted_nor_pointed_elsewhere()
    {
        var deleted = await kube.DeleteAsync(tenant.Path(Tenant.Accounts, "acme"));
        Assert.Equal(HttpStatusCode.Forbidden, deleted.Status);
        Assert.Contains("2 AccountUsers (alice, bob) refer to it", deleted.Message, StringComparison.Ordinal);
        var moved = await tenant.PatchSpecAsync(Tenant.Accounts, "acme", """{"url":"http://127.0.0.1:1"}""");
        Assert.Equal(HttpStatusCode.Forbidden, moved.Status);
        (await kube.DeleteAsync(tenant.Path(Tenant.Users, "alice"))).Succeeded();
        (await kube.DeleteAsync(tenant.Path(Tenant.Users, "bob"))).Succeeded();
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Users, "alice"));
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Users, "bob"));
        await Eventually.HoldsAsync(
            async () => await kube.DeleteAsync(tenant.Path(Tenant.Accounts, "acme")) is { Ok: false, Status: not HttpStatusCode.NotFound } answer ? answer.Text : null,
            "the unused Account may be deleted");
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Accounts, "acme"));
    }

    [Fact]
    public async Task One_person_is_declared_once()
    {
        var second = JsonNode.Parse(Tenant.UserManifest("alice-again"))!;
        second["spec"]!["email"] = "ALICE@acme.test";
        var answer = await kube.PostAsync(tenant.Path(Tenant.Users), second.ToJsonString());
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("AccountUser alice already declares", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_out_works_in_its_order()
    {
        await IssueAsync("okta", "alice", ""","rotation":{"overlap":"0s"}""");
        var first = await tenant.TokenValueAsync("okta-scim");
        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"ownerRef":{"name":"bob"}}""")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "Rehoming");
        var second = await tenant.TokenValueAsync("okta-scim");
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(first));
        Assert.False((await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"userType":"Member"}""")).Ok);
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(second));
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        Assert.Equal(HttpStatusCode.Unauthorized, await backend.UseAsync(first));
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"userType":"Member"}""")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "alice");
        Assert.Equal("Member", (await backend.UserAsync("alice"))["userType"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(second));
    }

    private async Task IssueAsync(string name, string owner, string more = "")
    {
        (await tenant.CreateTokenAsync(name, owner, more)).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, name);
    }

    private async Task AssertUntouchedAsync(string name, JsonNode before)
    {
        Assert.Equal(before["spec"]!.ToJsonString(), (await tenant.GetAsync(Tenant.Users, name))["spec"]!.ToJsonString());
        var user = await backend.UserAsync(name);
        Assert.Equal(("Admin", true), (user["userType"]!.GetValue<string>(), user["active"]!.GetValue<bool>()));
    }
}

using System.Globalization;
using System.Net;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>The guard on the ways that are taken less often: kubectl's own verbs, whole namespaces, objects that are in a bad state already.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class GuardMatrixTests(SharedOperatorFixture fixture) : IAsyncLifetime
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
    public async Task A_namespace_waits_for_its_admins_tokens_and_is_gone_once_they_are()
    {
        Skip.IfNot(kube.Plane.HasControllerManager, "Namespaces are only emptied where a kube-controller-manager runs.");
        var id = await backend.MintAsync("alice", "made by hand");
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"deletionPolicy":"Deactivate"}""")).Succeeded();
        (await kube.DeleteAsync($"/api/v1/namespaces/{tenant.Namespace}")).Succeeded();
        await kube.WaitUntilGoneAsync(Kube.Core(tenant.Namespace, "secrets", Tenant.CredentialSecret));
        await Eventually.HoldsAsync(
            async () => (await kube.GetAsync($"/api/v1/namespaces/{tenant.Namespace}")).Text is var text && text.Contains("AccountUser " + tenant.Namespace + "/alice can't be deactivated", StringComparison.Ordinal) ? null : text,
            "the namespace says what it waits for");
        await AssertActiveAdminAsync("alice");

        (await backend.DeleteAsync($"/api/v1/scim-tokens/{id}")).Succeeded();
        // The namespace controller tries again after a while, twice: the users first, and then the Account they refer to.
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Users, "alice"));
        await kube.WaitUntilGoneAsync($"/api/v1/namespaces/{tenant.Namespace}");
        Assert.False((await backend.UserAsync("alice"))["active"]!.GetValue<bool>());
        await AssertActiveAdminAsync("bob");
    }

    [SkippableFact]
    public async Task Kubectl_replace_and_delete_all_are_refused_with_the_message_and_the_rest_goes_on()
    {
        await IssueAsync("okta", "alice");
        var before = await tenant.GetAsync(Tenant.Users, "alice");
        var replaced = before.DeepClone();
        replaced["spec"]!["active"] = false;
        var replace = await kube.TryKubectlAsync("replace -f -", replaced.ToJsonString());
        Assert.False(replace.Succeeded);
        Assert.Contains("can't be deactivated", replace.Stderr, StringComparison.Ordinal);

        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"deletionPolicy":"Delete"}""")).Succeeded();
        var all = await kube.TryKubectlAsync($"delete accountusers --all -n {tenant.Namespace}");
        Assert.False(all.Succeeded);
        Assert.Contains($"AccountUser {tenant.Namespace}/alice can't be deleted", all.Stderr, StringComparison.Ordinal);
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Users, "bob"));
        Assert.Null((await tenant.GetAsync(Tenant.Users, "alice"))["metadata"]!["deletionTimestamp"]);
        await AssertActiveAdminAsync("alice");
    }

    [SkippableFact]
    public async Task A_GitOps_tool_that_prunes_is_refused_too()
    {
        await IssueAsync("okta", "alice");
        (await kube.MergeAsync(tenant.Path(Tenant.Users, "alice"), """{"metadata":{"labels":{"app":"git"}},"spec":{"deletionPolicy":"Deactivate"}}""")).Succeeded();
        await kube.KubectlAsync($"annotate accountuser alice -n {tenant.Namespace} kubectl.kubernetes.io/last-applied-configuration={{}}");
        // kubectl 1.26 renamed the flag.
        var flag = (await kube.KubectlAsync("apply --help")).Contains("--prune-allowlist", StringComparison.Ordinal) ? "--prune-allowlist" : "--prune-whitelist";
        var pruned = await kube.TryKubectlAsync(
            $"apply -n {tenant.Namespace} --prune -l app=git {flag}=scim-operator.io/v1alpha1/AccountUser -f -",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"kept","labels":{"app":"git"}}}""");
        Assert.False(pruned.Succeeded);
        Assert.Contains("can't be deactivated", pruned.Stderr, StringComparison.Ordinal);
        await AssertActiveAdminAsync("alice");
    }

    [Fact]
    public async Task A_ScimToken_is_not_moved_to_an_inactive_admin()
    {
        (await tenant.CreateUserAsync("ida", "Admin", ""","active":false""")).Succeeded();
        await IssueAsync("okta", "alice");
        var moved = await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"ownerRef":{"name":"ida"}}""");
        Assert.Equal(HttpStatusCode.Forbidden, moved.Status);
        Assert.Contains("AccountUser ida is not active. Name another active admin", moved.Message, StringComparison.Ordinal);
        Assert.Equal("alice", (await tenant.GetAsync(Tenant.Tokens, "okta"))["spec"]!["ownerRef"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_account_with_tokens_keeps_its_url_but_for_the_slash_at_its_end()
    {
        await IssueAsync("okta", "alice");
        var moved = await tenant.PatchSpecAsync(Tenant.Accounts, "acme", """{"url":"http://127.0.0.1:1"}""");
        Assert.Equal(HttpStatusCode.Forbidden, moved.Status);
        Assert.Contains("2 AccountUsers (alice, bob) and 1 ScimToken (okta) refer to it", moved.Message, StringComparison.Ordinal);
        (await tenant.PatchSpecAsync(Tenant.Accounts, "acme", $$"""{"url":"{{backend.Url.AbsoluteUri.TrimEnd('/')}}/"}""")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Accounts, "acme");
    }

    [Fact]
    public async Task Whoever_is_in_a_bad_state_already_can_still_be_edited_and_put_right()
    {
        await DemoteBehindAsync("bob");
        (await kube.MergeAsync(tenant.Path(Tenant.Users, "bob"), """{"metadata":{"labels":{"team":"it"}}}""")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Users, "bob", """{"displayName":"Bob B.","userType":"Viewer"}""")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Users, "bob", """{"userType":"Admin"}""")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "bob");
        await AssertActiveAdminAsync("bob");
    }

    [Fact]
    public async Task A_ScimToken_whose_owner_is_gone_can_still_be_edited_and_moved()
    {
        await IssueAsync("okta", "bob");
        (await kube.DeleteAsync(tenant.Path(Tenant.Users, "bob"))).Succeeded();
        await kube.WaitUntilGoneAsync(tenant.Path(Tenant.Users, "bob"));
        (await kube.MergeAsync(tenant.Path(Tenant.Tokens, "okta"), """{"metadata":{"labels":{"team":"it"}},"spec":{"description":"still edited"}}""")).Succeeded();
        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"ownerRef":{"name":"alice"},"rotation":{"overlap":"0s"}}""")).Succeeded();
    }

    [SkippableFact]
    public async Task Hundreds_of_tokens_are_told_in_one_message_that_a_person_can_read()
    {
        foreach (var i in Enumerable.Range(0, 300))
        {
            await backend.MintAsync("bob", string.Create(CultureInfo.InvariantCulture, $"by hand {i}"));
        }

        var denied = await tenant.PatchSpecAsync(Tenant.Users, "bob", """{"userType":"Member"}""");
        Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
        Assert.Contains("bob@acme.test holds 300 SCIM tokens, and they would stop working: \"by hand 0\" (token ", denied.Message, StringComparison.Ordinal);
        Assert.EndsWith("; then apply this again.", denied.Message, StringComparison.Ordinal);
        Assert.True(denied.Message.Length < 32 * 1024, $"{denied.Message.Length} characters");
        var kubectl = await kube.TryKubectlAsync($"patch accountuser bob -n {tenant.Namespace} --type=merge --patch={{\"spec\":{{\"userType\":\"Member\"}}}}");
        Assert.False(kubectl.Succeeded);
        Assert.Contains(denied.Message, kubectl.Stderr, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_is_legal_and_probably_a_mistake_is_warned_of()
    {
        var manifest = """{"apiVersion":"scim-operator.io/v1alpha1","kind":"ScimToken","metadata":{"name":"okta"},"spec":{"accountRef":{"name":"acme"},"ownerRef":{"name":"alice"},"secret":{"name":"okta-scim"},"rotation":{"overlap":"0s","cutover":"Immediate"}}}""";
        var created = await kube.TryKubectlAsync($"apply -n {tenant.Namespace} -f -", manifest);
        Assert.True(created.Succeeded, created.Stderr);
        Assert.Contains("spec.rotation.overlap is zero", created.Stderr, StringComparison.Ordinal);
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        await IssueAsync("entra", "alice");
        var first = await kube.TryKubectlAsync($"delete scimtoken entra -n {tenant.Namespace}");
        Assert.True(first.Succeeded, first.Stderr);
        Assert.DoesNotContain("Warning", first.Stderr, StringComparison.Ordinal);
        var last = await kube.TryKubectlAsync($"delete scimtoken okta -n {tenant.Namespace}");
        Assert.True(last.Succeeded, last.Stderr);
        Assert.Contains("is the only ScimToken of Account acme", last.Stderr, StringComparison.Ordinal);
    }

    /// <summary>Leaves an object that declares a Member, whom the account has as an Admin with a token made by hand.</summary>
    private async Task DemoteBehindAsync(string name)
    {
        var path = tenant.Path(Tenant.Users, name);
        (await kube.MergeAsync(path, """{"metadata":{"annotations":{"scim-operator.io/paused":"true"}}}""")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Users, name, "Suspended");
        (await tenant.PatchSpecAsync(Tenant.Users, name, """{"userType":"Member"}""")).Succeeded();
        await backend.MintAsync(name, "by hand");
        (await kube.MergeAsync(path, """{"metadata":{"annotations":{"scim-operator.io/paused":null}}}""")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Users, name, "AdminHoldsScimToken");
    }

    private async Task IssueAsync(string name, string owner)
    {
        (await tenant.CreateTokenAsync(name, owner)).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, name);
    }

    private async Task AssertActiveAdminAsync(string name)
    {
        var user = await backend.UserAsync(name);
        Assert.Equal(("Admin", true), (user["userType"]!.GetValue<string>(), user["active"]!.GetValue<bool>()));
    }
}

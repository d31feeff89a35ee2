using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>Where the webhooks are not installed: the controllers alone keep what they keep.</summary>
[Collection(OwnPlaneCollection.Name)]
public sealed class WithoutWebhookTests(OwnPlaneFixture fixture)
{
    [SkippableFact]
    public async Task The_finalizer_is_there_before_anything_is_written_at_the_account()
    {
        await using var running = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        await using var backend = await BackendProcess.StartAsync();
        await using var proxy = await BackendProxy.StartAsync(backend);
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend, proxy.Url);
        var seen = new ConcurrentQueue<string>();
        proxy.Arriving = async request =>
        {
            if (HttpMethods.IsPost(request.Method))
            {
                var (plural, name) = request.Path.Value!.EndsWith("/users", StringComparison.Ordinal) ? (Tenant.Users, "zoe") : (Tenant.Tokens, "okta");
                var finalizers = (await tenant.GetAsync(plural, name))["metadata"]!["finalizers"]?.ToJsonString();
                seen.Enqueue($"{name}: {finalizers}");
            }
        };
        (await tenant.CreateUserAsync("zoe")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "zoe");
        (await tenant.CreateTokenAsync("okta", "zoe")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        Assert.Equal(["""zoe: ["scim-operator.io/account-user"]""", """okta: ["scim-operator.io/scim-token"]"""], seen);
    }

    [SkippableFact]
    public async Task A_demotion_is_held_and_carried_out_once_the_token_has_moved()
    {
        await using var running = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"userType":"Member"}""")).Succeeded();
        var held = await tenant.WaitReasonAsync(Tenant.Users, "alice", "AdminHoldsScimToken");
        Assert.Equal("False", held["status"]!.GetValue<string>());
        Assert.Contains($"ScimToken {tenant.Namespace}/okta", held["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Admin", (await backend.UserAsync("alice"))["userType"]!.GetValue<string>());
        (await fixture.Kube.DeleteAsync(tenant.Path(Tenant.Tokens, "okta"))).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "alice");
        Assert.Equal("Member", (await backend.UserAsync("alice"))["userType"]!.GetValue<string>());
    }

    [SkippableTheory]
    [InlineData("Delete")]
    [InlineData("Deactivate")]
    public async Task A_deletion_is_held_by_the_finalizer_and_completed_once_the_token_is_gone(string policy)
    {
        await using var running = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", $$"""{"deletionPolicy":"{{policy}}"}""")).Succeeded();
        var path = tenant.Path(Tenant.Users, "alice");
        (await fixture.Kube.DeleteAsync(path)).Succeeded();
        await tenant.WaitConditionAsync(Tenant.Users, "alice", "DeletionBlocked", "AdminHoldsScimToken");
        Assert.True((await backend.UserAsync("alice"))["active"]!.GetValue<bool>());
        (await fixture.Kube.DeleteAsync(tenant.Path(Tenant.Tokens, "okta"))).Succeeded();
        await fixture.Kube.WaitUntilGoneAsync(path);
        var left = (await backend.GetAsync($"/api/v1/users?email={Uri.EscapeDataString(Tenant.Email("alice"))}")).Succeeded().Body["items"]!.AsArray();
        Assert.Equal(policy == "Delete", left.Count == 0);
        Assert.All(left, user => Assert.False(user!["active"]!.GetValue<bool>()));
    }

    [SkippableFact]
    public async Task The_last_admin_and_the_admin_behind_the_credential_stay_and_one_person_is_managed_once()
    {
        await using var running = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        await using var backend = await BackendProcess.StartAsync("--credential-admin", Tenant.Email("alice"));
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend);
        (await tenant.PatchSpecAsync(Tenant.Users, "alice", """{"active":false}""")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Users, "alice", "CredentialAdmin");

        await using var other = await BackendProcess.StartAsync();
        var second = await Tenant.ReadyAsync(fixture.Kube, other);
        (await second.PatchSpecAsync(Tenant.Users, "bob", """{"userType":"Guest"}""")).Succeeded();
        await second.WaitReadyAsync(Tenant.Users, "bob");
        (await second.PatchSpecAsync(Tenant.Users, "alice", """{"userType":"Guest"}""")).Succeeded();
        await second.WaitReasonAsync(Tenant.Users, "alice", "LastAdmin");
        Assert.Equal("Admin", (await other.UserAsync("alice"))["userType"]!.GetValue<string>());

        // Which of two is older is told by their creation, which the API server keeps in whole seconds.
        var created = (await second.GetAsync(Tenant.Users, "bob"))["metadata"]!["creationTimestamp"]!.GetValue<DateTimeOffset>();
        await Eventually.HoldsAsync(() => TimeProvider.System.GetUtcNow() >= created.AddSeconds(1), "the next second has begun");
        var twin = Tenant.UserManifest("twin").Replace(Tenant.Email("twin"), Tenant.Email("bob"), StringComparison.Ordinal);
        (await fixture.Kube.PostAsync(second.Path(Tenant.Users), twin)).Succeeded();
        await second.WaitReasonAsync(Tenant.Users, "twin", "EmailClaimed");
        Assert.Equal("Guest", (await other.UserAsync("bob"))["userType"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task Of_two_who_claim_one_person_at_once_one_acts_and_the_other_says_so()
    {
        await using var running = await RunningOperator.StartAsync(fixture.Installation, webhooks: false);
        await using var backend = await BackendProcess.StartAsync();
        await new EmailClaims(await Tenant.ReadyAsync(fixture.Kube, backend), backend).RaceAsync(rounds: 8);
    }
}

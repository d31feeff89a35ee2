using System.Net;
using Microsoft.AspNetCore.Http;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>Conditions that the other tests do not provoke on their way.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class ConditionTests(SharedOperatorFixture fixture)
{
    private const string Rotate = """{"metadata":{"annotations":{"scim-operator.io/rotate-requested-at":"now"}}}""";
    private readonly Kube kube = fixture.Kube;

    [Fact]
    public async Task A_rotation_waits_for_the_new_token_to_be_used_and_then_for_the_overlap()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var first = await tenant.TokenValueAsync("okta-scim");
        (await kube.MergeAsync(tenant.Path(Tenant.Tokens, "okta"), Rotate)).Succeeded();
        await tenant.WaitConditionAsync(Tenant.Tokens, "okta", "CutoverPending", "WaitingForUse");
        var second = await tenant.TokenValueAsync("okta-scim");
        Assert.NotEqual(first, second);
        await tenant.WaitConditionAsync(Tenant.Tokens, "okta", "Reconciling", "Rotating");
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(second));
        await tenant.WaitConditionAsync(Tenant.Tokens, "okta", "CutoverPending", "WaitingForOverlap");
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(first));
        var status = (await tenant.GetAsync(Tenant.Tokens, "okta"))["status"]!;
        Assert.Equal("now", status["lastHandledRotateAt"]!.GetValue<string>());
        Assert.Equal(["InUse", "Retiring"], status["tokens"]!.AsArray().Select(token => token!["state"]!.GetValue<string>()));
        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"rotation":{"overlap":"0s"}}""")).Succeeded();
        await Eventually.HoldsAsync(async () => (await backend.TokensAsync()).Count is var count and not 1 ? $"{count} tokens" : null, "the old token is deleted");
        Assert.Equal(second, await tenant.TokenValueAsync("okta-scim"));
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(second));
    }

    [Fact]
    public async Task What_is_suspended_is_left_as_it_is_until_it_goes_on()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice", ""","suspend":true""")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "Suspended");
        Assert.Empty(await backend.TokensAsync());
        (await tenant.PatchSpecAsync(Tenant.Tokens, "okta", """{"suspend":null}""")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");

        var bob = tenant.Path(Tenant.Users, "bob");
        (await kube.MergeAsync(bob, """{"metadata":{"annotations":{"scim-operator.io/paused":"true"}},"spec":{"displayName":"Bob"}}""")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Users, "bob", "Suspended");
        Assert.Null((await backend.UserAsync("bob"))["displayName"]);
        (await kube.MergeAsync(bob, """{"metadata":{"annotations":{"scim-operator.io/paused":null}}}""")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "bob");
        Assert.Equal("Bob", (await backend.UserAsync("bob"))["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tokens_that_nobody_declares_are_reported_unless_that_is_not_wanted()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        await backend.MintAsync("bob", "made by hand");
        await tenant.RequestReconcileAsync(Tenant.Accounts, "acme");
        await tenant.WaitConditionAsync(Tenant.Accounts, "acme", "UnmanagedTokens", "UnmanagedTokens");
        Assert.Equal(1, (await tenant.GetAsync(Tenant.Accounts, "acme"))["status"]!["unmanagedTokens"]!.GetValue<int>());
        await Eventually.HoldsAsync(
            async () => (await tenant.GetAsync(Tenant.Users, "bob"))["status"]!["heldTokens"]?[0]?["description"]?.GetValue<string>() is var said and not "made by hand" ? said ?? "none" : null,
            "bob's status names it");
        (await tenant.PatchSpecAsync(Tenant.Accounts, "acme", """{"unmanagedTokens":"Ignore"}""")).Succeeded();
        await Eventually.HoldsAsync(
            async () => Tenant.Condition(await tenant.GetAsync(Tenant.Accounts, "acme"), "UnmanagedTokens")?.ToJsonString(), "it is not reported any more");
        Assert.Single(await backend.TokensAsync());
    }

    [Fact]
    public async Task An_account_that_speaks_no_trusted_TLS_is_told_apart_from_one_that_is_down()
    {
        await using var plain = await HttpDouble.StartAsync(context => context.Response.WriteAsync("no TLS here"));
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync("any");
        (await tenant.CreateAccountAsync(new UriBuilder(plain.Url) { Scheme = "https" }.Uri)).Succeeded();
        Assert.Equal("False", (await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "TlsError"))["status"]!.GetValue<string>());
        (await tenant.PatchSpecAsync(Tenant.Accounts, "acme", """{"caBundle":"bm8gY2VydGlmaWNhdGU="}""")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "InvalidSpec");
    }

    [Fact]
    public async Task An_account_that_asks_for_fewer_calls_is_obeyed()
    {
        await using var busy = await HttpDouble.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync("any");
        (await tenant.CreateAccountAsync(busy.Url)).Succeeded();
        Assert.Equal("Unknown", (await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "RateLimited"))["status"]!.GetValue<string>());
        (await tenant.CreateUserAsync("alice")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Users, "alice", "AccountNotReady");
        Assert.Single(busy.Calls);
    }

    [Fact]
    public async Task Retaining_keeps_user_and_token_when_their_objects_are_deleted()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice", ""","deletionPolicy":"Retain" """)).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var value = await tenant.TokenValueAsync("okta-scim");
        foreach (var path in new[] { tenant.Path(Tenant.Tokens, "okta"), tenant.Path(Tenant.Users, "alice") })
        {
            (await kube.DeleteAsync(path)).Succeeded();
            await kube.WaitUntilGoneAsync(path);
        }

        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(value));
    }
}

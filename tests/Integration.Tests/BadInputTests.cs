using System.Net;
using Microsoft.AspNetCore.Http;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>What people and accounts get wrong: a condition says so, nothing else happens, and it mends itself once put right.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class BadInputTests(SharedOperatorFixture fixture)
{
    private const string GoodAccount = """{"id":"acc_1","name":"acme","plan":"Enterprise","capabilities":{"overlappingTokens":true,"lastUse":true,"expiry":true},"counts":{"users":1,"activeAdmins":1,"tokens":0,"liveTokens":0}}""";
    private const string GoodUser = """{"id":"usr_1","email":"alice@acme.test","userType":"Admin","active":true,"version":1,"createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000Z"}""";
    private readonly Kube kube = fixture.Kube;

    [Fact]
    public async Task A_missing_credential_then_a_wrong_one_then_the_right_one()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.CreateAsync(kube);
        (await tenant.CreateUserAsync("alice")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Users, "alice", "AccountNotFound");
        (await tenant.CreateAccountAsync(backend.Url)).Succeeded();
        var missing = await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "CredentialsNotFound");
        Assert.Contains($"Secret {tenant.Namespace}/{Tenant.CredentialSecret} does not exist", missing["message"]!.GetValue<string>(), StringComparison.Ordinal);
        await tenant.WaitReasonAsync(Tenant.Users, "alice", "AccountNotReady");
        await tenant.PutCredentialAsync("wrong-credential");
        var wrong = await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "Unauthorized");
        Assert.DoesNotContain("wrong-credential", wrong.ToJsonString(), StringComparison.Ordinal);
        await tenant.PutCredentialAsync(backend.Credential);
        await tenant.WaitReadyAsync(Tenant.Accounts, "acme");
        await tenant.WaitReadyAsync(Tenant.Users, "alice");
    }

    [Fact]
    public async Task An_account_that_is_down_is_Unknown_until_it_is_back()
    {
        await using var backend = await BackendProcess.StartAsync();
        await backend.KillAsync();
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync(backend.Credential);
        (await tenant.CreateAccountAsync(backend.Url)).Succeeded();
        (await tenant.CreateUserAsync("alice")).Succeeded();
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        var down = await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "Unreachable");
        Assert.Equal("Unknown", down["status"]!.GetValue<string>());
        Assert.Equal("Unknown", (await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "AccountNotReady"))["status"]!.GetValue<string>());
        await backend.StartAgainAsync();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        Assert.Single(await backend.TokensAsync());
    }

    [Fact]
    public async Task An_account_that_does_not_answer_in_time_is_given_up_and_asked_again()
    {
        await using var backend = await BackendProcess.StartAsync();
        await using var proxy = await BackendProxy.StartAsync(backend);
        proxy.Hold();
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync(backend.Credential);
        (await tenant.CreateAccountAsync(proxy.Url)).Succeeded();
        var slow = await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "Unreachable");
        Assert.Contains("no answer", slow["message"]!.GetValue<string>(), StringComparison.Ordinal);
        proxy.Release();
        await tenant.WaitReadyAsync(Tenant.Accounts, "acme");
    }

    [Theory]
    [InlineData("a page of HTML", "<html>Sign in</html>", null)]
    [InlineData("half an answer", """{"id":"acc_1","plan":""", null)]
    [InlineData("no id", """{"name":"acme","plan":"Enterprise"}""", null)]
    [InlineData("a list of something else", GoodAccount, "[1,2,3]")]
    [InlineData("a page without items", GoodAccount, """{"nextCursor":"more"}""")]
    [InlineData("a cursor that never moves", GoodAccount, """{"items":[""" + GoodUser + """],"nextCursor":"again"}""")]
    [InlineData("a user without an email", GoodAccount, """{"items":[{"id":"usr_1","userType":"Admin","active":true}]}""")]
    [InlineData("a user of an unheard-of type", GoodAccount, """{"items":[{"id":"usr_1","email":"a@acme.test","userType":"Emperor","active":true}]}""")]
    public async Task An_account_that_answers_nonsense_is_told_apart_and_never_written_to(string what, string account, string? users)
    {
        await using var liar = await HttpDouble.StartAsync(context => AnswerAsync(context, context.Request.Path.Value!.EndsWith("/account", StringComparison.Ordinal) ? account : users!));
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync("any");
        (await tenant.CreateAccountAsync(liar.Url)).Succeeded();
        (await tenant.CreateUserAsync("bob")).Succeeded();
        var ready = await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "InvalidAnswer");
        await tenant.WaitReasonAsync(Tenant.Users, "bob", "AccountNotReady");
        Assert.True(ready["status"]!.GetValue<string>() == "Unknown", what);
        Assert.All(liar.Calls, call => Assert.StartsWith("GET ", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_repeats_what_an_earlier_one_had_counts_it_once()
    {
        await using var account = await HttpDouble.StartAsync(context => AnswerAsync(context, (context.Request.Path.Value, context.Request.Query["cursor"].ToString()) switch
        {
            ("/api/v1/account", _) => GoodAccount,
            ("/api/v1/users", "") => $$"""{"items":[{{GoodUser}}],"nextCursor":"second"}""",
            ("/api/v1/users", _) => $$"""{"items":[{{GoodUser}}]}""",
            _ => """{"items":[]}""",
        }));
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync("any");
        (await tenant.CreateAccountAsync(account.Url)).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Accounts, "acme");
        Assert.Equal(1, (await tenant.GetAsync(Tenant.Accounts, "acme"))["status"]!["users"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("Free")]
    [InlineData("Business")]
    public async Task A_plan_without_SCIM_is_named(string plan)
    {
        await using var backend = await BackendProcess.StartAsync("--plan", plan);
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync(backend.Credential);
        (await tenant.CreateAccountAsync(backend.Url)).Succeeded();
        var ready = await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "PlanRequired");
        Assert.Contains($"is on plan {plan}", ready["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull(Tenant.Condition(await tenant.GetAsync(Tenant.Accounts, "acme"), "Stalled"));
    }

    [Fact]
    public async Task Words_for_types_of_users_that_can_not_be_told_apart_are_named()
    {
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync("any");
        const string Types = ""","driver":"Scim","scim":{"userType":{"values":{"admin":"staff","member":"Staff"}}}""";
        (await tenant.CreateAccountAsync(new Uri("http://127.0.0.1:1"), Types)).Succeeded();
        var ready = await tenant.WaitReasonAsync(Tenant.Accounts, "acme", "InvalidSpec");
        Assert.Contains("spec.scim.userType.values has the same word twice", ready["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_Secret_is_left_alone_and_no_token_stays_behind()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        var path = Kube.Core(tenant.Namespace, "secrets", "okta-scim");
        var before = (await kube.PostAsync(Kube.Core(tenant.Namespace, "secrets"), """{"metadata":{"name":"okta-scim"},"stringData":{"token":"mine"}}""")).Succeeded().Body;
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        var refused = await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "SecretNotOurs");
        Assert.Contains($"Secret {tenant.Namespace}/okta-scim exists and is not this ScimToken's", refused["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(before["metadata"]!["resourceVersion"]!.GetValue<string>(), (await kube.GetAsync(path)).Body["metadata"]!["resourceVersion"]!.GetValue<string>());
        Assert.Empty(await backend.TokensAsync());
        (await kube.DeleteAsync(path)).Succeeded();
        await tenant.RequestReconcileAsync(Tenant.Tokens, "okta");
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        Assert.Single(await backend.TokensAsync());
    }

    [Fact]
    public async Task A_Secret_that_was_deleted_or_altered_is_published_anew_with_another_token()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var path = Kube.Core(tenant.Namespace, "secrets", "okta-scim");
        var first = await tenant.TokenValueAsync("okta-scim");
        (await kube.DeleteAsync(path)).Succeeded();
        var second = await OtherValueAsync(tenant, backend, first);
        (await kube.MergeAsync(path, """{"data":{"token":"Z2FyYmFnZQ=="}}""")).Succeeded();
        await OtherValueAsync(tenant, backend, second);
    }

    [Fact]
    public async Task A_Secret_that_lost_its_label_is_labelled_again_and_keeps_its_token()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var value = await tenant.TokenValueAsync("okta-scim");
        (await kube.MergeAsync(Kube.Core(tenant.Namespace, "secrets", "okta-scim"), """{"metadata":{"labels":null}}""")).Succeeded();
        await Eventually.HoldsAsync(
            async () => (await tenant.SecretAsync("okta-scim"))["metadata"]!["labels"] is null ? "no label" : null, "the label is back");
        Assert.Equal(value, await tenant.TokenValueAsync("okta-scim"));
        Assert.Single(await backend.TokensAsync());
    }

    [Fact]
    public async Task A_token_deleted_at_the_account_is_issued_again()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var secret = await tenant.SecretAsync("okta-scim");
        (await backend.DeleteAsync($"/api/v1/scim-tokens/{Tenant.Value(secret, "tokenId")}")).Succeeded();
        await tenant.RequestReconcileAsync(Tenant.Accounts, "acme");
        await OtherValueAsync(tenant, backend, Tenant.Value(secret, "token"));
        Assert.Single(await backend.TokensAsync());
    }

    [Fact]
    public async Task An_account_without_room_for_another_token_is_named_and_a_missing_owner_too()
    {
        await using var backend = await BackendProcess.StartAsync("--max-tokens", "1");
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        (await tenant.CreateTokenAsync("entra", "bob")).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Tokens, "entra", "TokenLimitReached");
        (await kube.DeleteAsync(tenant.Path(Tenant.Users, "bob"))).Succeeded();
        await tenant.WaitReasonAsync(Tenant.Tokens, "entra", "OwnerNotFound");
        Assert.Equal("Admin", (await backend.UserAsync("bob"))["userType"]!.GetValue<string>());
    }

    [Fact]
    public async Task Observing_changes_nothing_and_says_what_it_would_do()
    {
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.CreateAsync(kube);
        await tenant.PutCredentialAsync(backend.Credential);
        (await tenant.CreateAccountAsync(backend.Url, ""","managementPolicy":"Observe" """)).Succeeded();
        (await tenant.CreateUserAsync("alice")).Succeeded();
        (await tenant.CreateUserAsync("new")).Succeeded();
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Users, "alice");
        await tenant.WaitReasonAsync(Tenant.Users, "new", "ObserveOnly");
        await tenant.WaitReasonAsync(Tenant.Tokens, "okta", "ObserveOnly");
        Assert.Empty(await backend.TokensAsync());
        Assert.Empty((await backend.GetAsync($"/api/v1/users?email={Uri.EscapeDataString(Tenant.Email("new"))}")).Body["items"]!.AsArray());
    }

    private static Task AnswerAsync(HttpContext context, string body)
    {
        context.Response.ContentType = body.StartsWith('<') ? "text/html" : "application/json";
        return context.Response.WriteAsync(body);
    }

    private async Task<string> OtherValueAsync(Tenant tenant, BackendProcess backend, string old)
    {
        var value = "";
        await Eventually.HoldsAsync(async () =>
        {
            var answer = await kube.GetAsync(Kube.Core(tenant.Namespace, "secrets", "okta-scim"));
            value = answer.Ok ? Tenant.Value(answer.Body, "token") : old;
            return value != old && await backend.UseAsync(value) == HttpStatusCode.OK ? null : answer.Status.ToString();
        }, "another token that works is published");
        return value;
    }
}

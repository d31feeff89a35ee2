using System.Net;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Hosting;

namespace ScimOperator.Backend.Tests;

public sealed class AccountTests
{
    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_account_tells_plan_capabilities_and_counts(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind, o => o with { MaxTokens = 3 });
        await backend.CreateUserAsync("m@acme.test");
        await backend.MintAsync(await backend.AliceAsync(), more: ",\"expiresInSeconds\":60");
        await backend.MintAsync(await backend.AliceAsync());
        backend.Time.Advance(TimeSpan.FromSeconds(61));

        var account = (await backend.GetAsync("/api/v1/account")).Expect(HttpStatusCode.OK).Object;

        var expected = $$$"""
            {"name":"acme","plan":"Enterprise",
             "capabilities":{"overlappingTokens":true,"maxTokens":3,"lastUse":true,"expiry":true},
             "scimUrl":"{{{backend.Url.GetLeftPart(UriPartial.Authority)}}}/scim/v2","credential":{"name":"default"},
             "counts":{"users":3,"activeAdmins":2,"tokens":2,"liveTokens":1}}
            """;
        Assert.StartsWith("acc_", account["id"]!.GetValue<string>(), StringComparison.Ordinal);
        account.Remove("id");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), account), account.ToJsonString());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task One_token_at_most_means_no_overlap(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind, o => o with { MaxTokens = 1 });
        var account = await backend.GetAsync("/api/v1/account");
        Assert.False(account.Body!["capabilities"]!["overlappingTokens"]!.GetValue<bool>());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task The_admin_behind_the_credential_is_shown_and_takes_it_along_when_deactivated(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind, o => o with { CredentialAdmin = "Bob@acme.test" });
        var bob = await backend.BobAsync();
        var account = await backend.GetAsync("/api/v1/account");
        Assert.Equal(bob, account.Body!["credential"]!["adminUserId"]!.GetValue<string>());

        (await backend.PatchAsync("/api/v1/users/" + bob, """{"active":false}""")).Expect(HttpStatusCode.OK);

        (await backend.GetAsync("/api/v1/account")).Expect(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_credential_admin_whom_the_account_does_not_have_stops_the_start(StoreKind kind)
    {
        var refused = await Assert.ThrowsAsync<OptionsException>(
            () => TestBackend.StartAsync(kind, o => o with { CredentialAdmin = "nobody@acme.test" }));
        Assert.Contains("nobody@acme.test", refused.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.Durable), MemberType = typeof(Stores))]
    public async Task Data_of_one_account_is_not_opened_as_another(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var refused = await Assert.ThrowsAsync<OptionsException>(() => BackendHost.StartAsync(backend.Options with { Account = "other" }, backend.Time));
        Assert.Contains("\"acme\"", refused.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.Durable), MemberType = typeof(Stores))]
    public async Task A_restart_keeps_everything_and_seeds_nobody_again(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var alice = await backend.AliceAsync();
        var token = (await backend.MintAsync(alice)).Expect(HttpStatusCode.Created);
        (await backend.DeleteAsync("/api/v1/users/" + await backend.BobAsync())).Expect(HttpStatusCode.NoContent);

        await backend.RestartAsync();

        Assert.Equal([alice], (await backend.GetAsync("/api/v1/users")).Items.Select(u => u!["id"]!.GetValue<string>()));
        var scim = backend.Client(token.String("value"));
        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.Durable), MemberType = typeof(Stores))]
    public async Task A_restart_can_change_the_plan_and_scim_follows_it(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var alice = await backend.AliceAsync();
        var token = (await backend.MintAsync(alice)).Expect(HttpStatusCode.Created).String("value");

        await backend.RestartAsync(o => o with { Plan = Plan.Business });

        (await backend.MintAsync(alice)).Expect(HttpStatusCode.Forbidden, "plan_required");
        (await TestBackend.SendAsync(backend.Client(token), HttpMethod.Get, "/scim/v2/Users")).Expect(HttpStatusCode.Forbidden);
        var events = await backend.GetAsync("/api/v1/audit-events?action=account.update");
        Assert.Equal("Business", events.Items.Single()!["after"]!["plan"]!.GetValue<string>());
    }
}

using System.Net;

namespace ScimOperator.Backend.Tests;

public sealed class RestrictionTests
{
    public static TheoryData<StoreKind, string> AdminApiShapes
    {
        get
        {
            var data = new TheoryData<StoreKind, string>();
            foreach (var kind in Enum.GetValues<StoreKind>())
            {
                foreach (var body in (string[])["""{"userType":"Member"}""", """{"active":false}""", """{"userType":"Guest","active":false,"displayName":"x"}""", ""])
                {
                    data.Add(kind, body);
                }
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(AdminApiShapes))]
    public async Task An_admin_who_holds_a_live_token_stays_until_it_is_deleted(StoreKind kind, string body)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var alice = await backend.AliceAsync();
        var path = "/api/v1/users/" + alice;
        var token = (await backend.MintAsync(alice, "okta-prod", ",\"reference\":\"r\"")).Expect(HttpStatusCode.Created);
        var before = await backend.GetAsync(path);

        var refused = (await ChangeAsync(backend, path, body)).Expect(HttpStatusCode.Conflict, "admin_holds_scim_token");

        var held = refused.Body!["tokens"]!.AsArray().Single()!;
        Assert.Equal(
            $$"""{"id":"{{token.String("id")}}","description":"okta-prod","lastFour":"{{token.String("lastFour")}}","reference":"r"}""", held.ToJsonString());
        Assert.Contains("okta-prod", refused.String("detail"), StringComparison.Ordinal);
        Assert.Equal(before.Text, (await backend.GetAsync(path)).Text);
        Assert.Empty((await backend.GetAsync("/api/v1/audit-events?action=user.update")).Items);

        (await backend.DeleteAsync("/api/v1/scim-tokens/" + token.String("id"))).Expect(HttpStatusCode.NoContent);
        (await ChangeAsync(backend, path, body)).Expect(body.Length == 0 ? HttpStatusCode.NoContent : HttpStatusCode.OK);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task An_expired_token_holds_nobody_and_goes_with_its_owner(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var alice = await backend.AliceAsync();
        await backend.MintAsync(alice, more: ",\"expiresInSeconds\":60");
        backend.Time.Advance(TimeSpan.FromSeconds(60));
        (await backend.PatchAsync("/api/v1/users/" + alice, """{"userType":"Member"}""")).Expect(HttpStatusCode.OK);
        (await backend.DeleteAsync("/api/v1/users/" + alice)).Expect(HttpStatusCode.NoContent);
        Assert.Empty((await backend.GetAsync("/api/v1/scim-tokens")).Items);
        Assert.Single((await backend.GetAsync("/api/v1/audit-events?action=token.delete")).Items);
    }

    [SkippableTheory]
    [MemberData(nameof(AdminApiShapes))]
    public async Task The_last_active_admin_stays(StoreKind kind, string body)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        (await backend.PatchAsync("/api/v1/users/" + await backend.BobAsync(), """{"active":false}""")).Expect(HttpStatusCode.OK);
        (await ChangeAsync(backend, "/api/v1/users/" + await backend.AliceAsync(), body)).Expect(HttpStatusCode.Conflict, "last_admin");
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Other_changes_of_an_admin_who_holds_a_token_pass(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var alice = await backend.AliceAsync();
        await backend.MintAsync(alice);
        (await backend.PatchAsync("/api/v1/users/" + alice, """{"displayName":"Alice","email":"a@acme.test"}""")).Expect(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Every_change_is_in_the_audit_log_with_its_actor_in_order(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        var token = (await backend.GetAsync("/api/v1/scim-tokens")).Items[0]!["id"]!.GetValue<string>();
        var user = (await TestBackend.SendAsync(scim, HttpMethod.Post, "/scim/v2/Users", """{"userName":"c@acme.test"}""")).String("id");
        await backend.PatchAsync("/api/v1/users/" + user, """{"userType":"Guest"}""");
        await TestBackend.SendAsync(scim, HttpMethod.Delete, "/scim/v2/Users/" + user);

        var events = (await backend.GetAsync("/api/v1/audit-events")).Items;

        Assert.Equal(
            [
                "system account.create", "system user.create", "system user.create", "credential:default token.create",
                $"token:{token} user.create", "credential:default user.update", $"token:{token} user.delete",
            ],
            events.Select(e => $"{e!["actor"]} {e["action"]}"));
        Assert.Equal("Member", events[5]!["before"]!["userType"]!.GetValue<string>());
        Assert.Equal("Guest", events[5]!["after"]!["userType"]!.GetValue<string>());
        Assert.Equal(2, (await backend.GetAsync("/api/v1/audit-events?actor=token:" + token)).Items.Count);
        var page = await backend.GetAsync("/api/v1/audit-events?limit=5");
        var rest = await backend.GetAsync("/api/v1/audit-events?limit=5&cursor=" + page.String("nextCursor"));
        Assert.Equal(["6", "7"], rest.Items.Select(e => e!["id"]!.GetValue<string>()));
    }

    private static Task<Reply> ChangeAsync(TestBackend backend, string path, string body) =>
        body.Length == 0 ? backend.DeleteAsync(path) : backend.PatchAsync(path, body);

    [SkippableTheory]
    [EveryStore]
    public async Task A_refusal_names_fifty_tokens_at_most_and_says_how_many_more_there_are(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var alice = await backend.AliceAsync();
        foreach (var i in Enumerable.Range(1, 53))
        {
            (await backend.MintAsync(alice, $"t{i}")).Expect(HttpStatusCode.Created);
        }

        var refused = (await backend.DeleteAsync("/api/v1/users/" + alice)).Expect(HttpStatusCode.Conflict, "admin_holds_scim_token");

        Assert.Equal(50, refused.Body!["tokens"]!.AsArray().Count);
        Assert.Equal(3, refused.Body!["moreTokens"]!.GetValue<int>());
        Assert.Contains("53 live SCIM tokens", refused.String("detail"), StringComparison.Ordinal);
        Assert.Contains("and 33 more", refused.String("detail"), StringComparison.Ordinal);
    }
}

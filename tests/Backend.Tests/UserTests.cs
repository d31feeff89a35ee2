using System.Net;

namespace ScimOperator.Backend.Tests;

public sealed class UserTests
{
    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_user_is_created_found_changed_and_deleted(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var created = (await backend.PostAsync("/api/v1/users", """{"email":"Carol@acme.test","displayName":"Carol"}""")).Expect(HttpStatusCode.Created);
        var path = "/api/v1/users/" + created.String("id");
        Assert.Equal(path, created.Headers.Location!.ToString());
        Assert.Equal("\"1\"", created.Headers.ETag!.ToString());
        Assert.Equal("Member", created.String("userType"));
        Assert.Equal("2026-08-01T12:00:00.000Z", created.String("createdAt"));
        Assert.True(created.Body!["active"]!.GetValue<bool>());
        Assert.Equal(created.String("id"), await backend.IdOfAsync("cAROL@ACME.test"));

        backend.Time.Advance(TimeSpan.FromMinutes(1));
        var changed = (await backend.PatchAsync(path, """{"displayName":null,"userType":"Viewer","active":false,"email":"c@acme.test"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            $$"""{"id":"{{created.String("id")}}","email":"c@acme.test","userType":"Viewer","active":false,"version":2,"createdAt":"2026-08-01T12:00:00.000Z","updatedAt":"2026-08-01T12:01:00.000Z"}""",
            changed.Text);
        Assert.Equal(changed.Text, (await backend.GetAsync(path)).Text);

        (await backend.DeleteAsync(path)).Expect(HttpStatusCode.NoContent);
        (await backend.GetAsync(path)).Expect(HttpStatusCode.NotFound, "not_found");
        (await backend.DeleteAsync(path)).Expect(HttpStatusCode.NotFound, "not_found");
    }

    [SkippableTheory]
    [EveryStore]
    public async Task What_changes_nothing_keeps_version_and_time_and_leaves_no_event(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var path = "/api/v1/users/" + await backend.AliceAsync();
        var before = await backend.GetAsync(path);
        backend.Time.Advance(TimeSpan.FromMinutes(1));

        var after = await backend.PatchAsync(path, """{"userType":"Admin","active":true,"email":"alice@acme.test"}""");

        Assert.Equal(before.Text, after.Text);
        Assert.Empty((await backend.GetAsync("/api/v1/audit-events?action=user.update")).Items);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task An_email_is_taken_whatever_its_case(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var alice = await backend.AliceAsync();
        var created = (await backend.PostAsync("/api/v1/users", """{"email":"ALICE@acme.test"}""")).Expect(HttpStatusCode.Conflict, "email_conflict");
        Assert.Equal(alice, created.Body!["existing"]!["id"]!.GetValue<string>());
        (await backend.PatchAsync("/api/v1/users/" + await backend.BobAsync(), """{"email":"aLice@acme.test"}"""))
            .Expect(HttpStatusCode.Conflict, "email_conflict");
        (await backend.PatchAsync("/api/v1/users/" + alice, """{"email":"ALICE@acme.test"}""")).Expect(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task If_match_refuses_a_version_that_is_gone(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var path = "/api/v1/users/" + await backend.CreateUserAsync("c@acme.test");
        const string Rename = """{"displayName":"C"}""";
        (await TestBackend.SendAsync(backend.Admin, HttpMethod.Patch, path, Rename, ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);

        var late = await TestBackend.SendAsync(backend.Admin, HttpMethod.Patch, path, """{"displayName":"D"}""", ifMatch: "\"1\"");

        late.Expect(HttpStatusCode.PreconditionFailed, "version_conflict");
        Assert.Equal(2, late.Body!["currentVersion"]!.GetValue<long>());
        (await TestBackend.SendAsync(backend.Admin, HttpMethod.Delete, path, ifMatch: "\"1\"")).Expect(HttpStatusCode.PreconditionFailed, "version_conflict");
        (await TestBackend.SendAsync(backend.Admin, HttpMethod.Delete, path, ifMatch: "\"7\", \"2\"")).Expect(HttpStatusCode.NoContent);
    }

    [SkippableTheory]
    [EveryStore("""{}""", "email")]
    [EveryStore("""{"email":"no-at"}""", "email")]
    [EveryStore("""{"email":"a b@acme.test"}""", "email")]
    [EveryStore("""{"email":"x@acme.test","userType":"admin"}""", "userType")]
    [EveryStore("""{"email":"x@acme.test","userType":"0"}""", "userType")]
    [EveryStore("""{"email":"x@acme.test","active":"true"}""", "active")]
    [EveryStore("""{"email":"x@acme.test","displayName":""}""", "displayName")]
    [EveryStore("""{"email":"x@acme.test","role":"x"}""", "role")]
    [EveryStore("""{"email":"x@acme.test","Active":true}""", "Active")]
    [EveryStore("""{"email":"x@acme.test","email":"y@acme.test"}""", null)]
    [EveryStore("""[]""", null)]
    [EveryStore("""null""", null)]
    [EveryStore("""{"email":""", null)]
    [EveryStore("", null)]
    public async Task A_bad_body_is_refused_and_the_field_named(StoreKind kind, string body, string? field)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var reply = (await backend.PostAsync("/api/v1/users", body)).Expect(HttpStatusCode.BadRequest, "invalid_request");
        if (field is not null)
        {
            Assert.Equal(field, reply.String("field"));
        }

        Assert.Equal("application/problem+json", reply.MediaType);
        Assert.Equal(2, (await backend.GetAsync("/api/v1/users")).Items.Count);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Pages_show_every_user_once_while_others_come_and_go(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        for (var i = 0; i < 23; i++)
        {
            await backend.CreateUserAsync($"u{i}@acme.test");
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await backend.GetAsync("/api/v1/users?limit=5" + (cursor is null ? "" : "&cursor=" + cursor))).Expect(HttpStatusCode.OK);
            seen.AddRange(page.Items.Select(u => u!["email"]!.GetValue<string>()));
            Assert.True(page.Items.Count <= 5);
            if (cursor is null)
            {
                await backend.DeleteAsync("/api/v1/users/" + await backend.IdOfAsync("u0@acme.test"));
                await backend.CreateUserAsync("late@acme.test");
            }

            cursor = page.Body!["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        string[] expected = ["alice@acme.test", "bob@acme.test", .. Enumerable.Range(0, 23).Select(i => $"u{i}@acme.test"), "late@acme.test"];
        Assert.Equal(expected, seen);
    }

    [SkippableTheory]
    [EveryStore("limit=0", "limit")]
    [EveryStore("limit=1001", "limit")]
    [EveryStore("limit=x", "limit")]
    [EveryStore("cursor=x", "cursor")]
    [EveryStore("cursor=%C3%A4", "cursor")]
    [EveryStore("emial=x", "emial")]
    [EveryStore("email=", "email")]
    [EveryStore("email=a&email=b", "email")]
    public async Task A_bad_query_is_refused_and_the_parameter_named(StoreKind kind, string query, string field)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var reply = (await backend.GetAsync("/api/v1/users?" + query)).Expect(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(field, reply.String("field"));
    }
}

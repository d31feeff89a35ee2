using System.Net;
using System.Text;

namespace ScimOperator.Backend.Tests;

public sealed class TokenTests
{
    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_token_shows_its_value_once_and_works_until_it_is_deleted(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var alice = await backend.AliceAsync();
        var minted = (await backend.MintAsync(alice, "okta", ",\"reference\":\"r-1\"")).Expect(HttpStatusCode.Created);
        var value = minted.String("value");
        var path = minted.Headers.Location!.ToString();
        Assert.Matches("^scimtok_[0-9A-Za-z]{49}$", value);
        Assert.EndsWith(minted.String("lastFour"), value, StringComparison.Ordinal);
        Assert.Equal(
            $$"""{"id":"{{minted.String("id")}}","ownerId":"{{alice}}","description":"okta","reference":"r-1","lastFour":"{{value[^4..]}}","createdAt":"2026-08-01T12:00:00.000Z"}""",
            (await backend.GetAsync(path)).Text);
        var scim = backend.Client(value);
        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(HttpStatusCode.OK);

        (await backend.DeleteAsync(path)).Expect(HttpStatusCode.NoContent);

        var dead = (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", dead.Headers.WwwAuthenticate.Single().Scheme);
        (await backend.GetAsync(path)).Expect(HttpStatusCode.NotFound, "not_found");
        (await backend.DeleteAsync(path)).Expect(HttpStatusCode.NotFound, "not_found");
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_token_dies_at_its_expiry_and_stays_listed(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var minted = (await backend.MintAsync(await backend.AliceAsync(), more: ",\"expiresInSeconds\":60")).Expect(HttpStatusCode.Created);
        var scim = backend.Client(minted.String("value"));
        Assert.Equal("2026-08-01T12:01:00.000Z", minted.String("expiresAt"));
        backend.Time.Advance(TimeSpan.FromSeconds(59));
        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(HttpStatusCode.OK);

        backend.Time.Advance(TimeSpan.FromSeconds(1));

        (await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users")).Expect(HttpStatusCode.Unauthorized);
        Assert.Single((await backend.GetAsync("/api/v1/scim-tokens")).Items);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Whoever_reads_tokens_sees_every_use_before(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var minted = (await backend.MintAsync(await backend.AliceAsync())).Expect(HttpStatusCode.Created);
        var path = "/api/v1/scim-tokens/" + minted.String("id");
        var scim = backend.Client(minted.String("value"));
        Assert.Null((await backend.GetAsync(path)).Body!["lastUsedAt"]);

        backend.Time.Advance(TimeSpan.FromMilliseconds(500));
        await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users");
        Assert.Equal("2026-08-01T12:00:00.500Z", (await backend.GetAsync(path)).String("lastUsedAt"));

        backend.Time.Advance(TimeSpan.FromMilliseconds(100));
        await TestBackend.SendAsync(scim, HttpMethod.Get, "/scim/v2/Users/none");
        Assert.Equal("2026-08-01T12:00:00.600Z", (await backend.GetAsync("/api/v1/scim-tokens")).Items[0]!["lastUsedAt"]!.GetValue<string>());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.Durable), MemberType = typeof(Stores))]
    public async Task Uses_reach_the_disk_without_anybody_asking(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var minted = (await backend.MintAsync(await backend.AliceAsync())).Expect(HttpStatusCode.Created);
        await TestBackend.SendAsync(backend.Client(minted.String("value")), HttpMethod.Get, "/scim/v2/Users");

        await backend.RestartAsync();

        Assert.Equal("2026-08-01T12:00:00.000Z", (await backend.GetAsync("/api/v1/scim-tokens/" + minted.String("id"))).String("lastUsedAt"));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_backend_that_reports_no_last_use_says_so_and_reports_none(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind, o => o with { LastUse = false });
        var minted = (await backend.MintAsync(await backend.AliceAsync())).Expect(HttpStatusCode.Created);
        await TestBackend.SendAsync(backend.Client(minted.String("value")), HttpMethod.Get, "/scim/v2/Users");
        Assert.Null((await backend.GetAsync("/api/v1/scim-tokens/" + minted.String("id"))).Body!["lastUsedAt"]);
        Assert.False((await backend.GetAsync("/api/v1/account")).Body!["capabilities"]!["lastUse"]!.GetValue<bool>());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_reference_is_unique_among_live_tokens_and_the_conflict_names_the_one_that_has_it(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var (alice, bob) = (await backend.AliceAsync(), await backend.BobAsync());
        var first = (await backend.MintAsync(alice, more: ",\"reference\":\"r\",\"expiresInSeconds\":60")).Expect(HttpStatusCode.Created);

        var second = (await backend.MintAsync(bob, more: ",\"reference\":\"r\"")).Expect(HttpStatusCode.Conflict, "reference_conflict");

        Assert.Equal(first.String("id"), second.Body!["existing"]!["id"]!.GetValue<string>());
        Assert.Equal(alice, second.Body!["existing"]!["ownerId"]!.GetValue<string>());
        backend.Time.Advance(TimeSpan.FromSeconds(60));
        (await backend.MintAsync(bob, more: ",\"reference\":\"r\"")).Expect(HttpStatusCode.Created);
        Assert.Equal(2, (await backend.GetAsync("/api/v1/scim-tokens?reference=r")).Items.Count);
        Assert.Single((await backend.GetAsync("/api/v1/scim-tokens?reference=r&ownerId=" + bob)).Items);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task The_limit_counts_live_tokens_only(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind, o => o with { MaxTokens = 1 });
        var alice = await backend.AliceAsync();
        (await backend.MintAsync(alice, more: ",\"reference\":\"r\",\"expiresInSeconds\":60")).Expect(HttpStatusCode.Created);
        var refused = (await backend.MintAsync(alice)).Expect(HttpStatusCode.Conflict, "token_limit_reached");
        Assert.Equal(1, refused.Body!["maxTokens"]!.GetValue<int>());
        // A repeat of a request must find its token, limit or not.
        (await backend.MintAsync(alice, more: ",\"reference\":\"r\"")).Expect(HttpStatusCode.Conflict, "reference_conflict");
        backend.Time.Advance(TimeSpan.FromSeconds(60));
        (await backend.MintAsync(alice)).Expect(HttpStatusCode.Created);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Only_an_active_admin_can_own_a_token(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        (await backend.MintAsync(await backend.CreateUserAsync("m@acme.test"))).Expect(HttpStatusCode.Conflict, "owner_not_active_admin");
        (await backend.MintAsync("usr_none")).Expect(HttpStatusCode.Conflict, "owner_not_active_admin");
        var bob = await backend.BobAsync();
        (await backend.PatchAsync("/api/v1/users/" + bob, """{"active":false}""")).Expect(HttpStatusCode.OK);
        (await backend.MintAsync(bob)).Expect(HttpStatusCode.Conflict, "owner_not_active_admin");
        Assert.Empty((await backend.GetAsync("/api/v1/scim-tokens")).Items);
    }

    [SkippableTheory]
    [EveryStore("""{"description":"d"}""", "ownerId")]
    [EveryStore("""{"ownerId":"u"}""", "description")]
    [EveryStore("""{"ownerId":"u","description":" "}""", "description")]
    [EveryStore("""{"ownerId":"u","description":"d\n"}""", "description")]
    [EveryStore("""{"ownerId":"u","description":"d","reference":""}""", "reference")]
    [EveryStore("""{"ownerId":"u","description":"d","expiresInSeconds":0}""", "expiresInSeconds")]
    [EveryStore("""{"ownerId":"u","description":"d","expiresInSeconds":"60"}""", "expiresInSeconds")]
    [EveryStore("""{"ownerId":"u","description":"d","expiresInSeconds":9999999999}""", "expiresInSeconds")]
    [EveryStore("""{"ownerId":"u","description":"d","expiresAt":"2026-08-01T12:00:00Z"}""", "expiresAt")]
    [EveryStore("""{"ownerId":"u","description":"d","expiresAt":"soon"}""", "expiresAt")]
    [EveryStore("""{"ownerId":"u","description":"d","expiresAt":"2026-09-01T00:00:00Z","expiresInSeconds":5}""", "expiresAt")]
    public async Task A_bad_token_request_is_refused_and_the_field_named(StoreKind kind, string body, string field)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var reply = (await backend.PostAsync("/api/v1/scim-tokens", body)).Expect(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(field, reply.String("field"));
    }

    [Fact]
    public async Task A_value_is_nowhere_in_the_database_files()
    {
        await using var backend = await TestBackend.StartAsync(StoreKind.File);
        var value = (await backend.MintAsync(await backend.AliceAsync(), "findable-description")).Expect(HttpStatusCode.Created).String("value");
        await TestBackend.SendAsync(backend.Client(value), HttpMethod.Get, "/scim/v2/Users");

        var folder = Path.GetDirectoryName(backend.Options.Data)!;
        var bytes = Directory.GetFiles(folder, "account.db*").SelectMany(ReadShared).ToArray();

        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("findable-description")) >= 0);
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(value[8..51])) < 0);
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(backend.Credential)) < 0);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}

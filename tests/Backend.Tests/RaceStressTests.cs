using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ScimOperator.Backend.Tests;

/// <summary>
/// The restriction under everything at once: tokens generated for admins who are demoted, deactivated, deleted and made
/// again at the same time, from many connections, through one process or two.
/// </summary>
public sealed class RaceStressTests
{
    private const int Workers = 24;
    private const int Admins = 6;
    private const int Attempts = 10_000;

    private const string Orphans = """
        SELECT COUNT(*) FROM scim_tokens t LEFT JOIN users u ON u.id = t.owner_id
        WHERE t.expires_at IS NULL AND (u.id IS NULL OR u.user_type <> 'Admin' OR u.active <> 1)
        """;

    [SkippableTheory]
    [InlineData(StoreKind.File, 1)]
    [InlineData(StoreKind.Postgres, 1)]
    [InlineData(StoreKind.Postgres, 2)]
    public async Task A_live_token_never_has_an_owner_who_is_no_active_admin(StoreKind kind, int processes)
    {
        using var folder = new TestFolder();
        var store = await BackendProcess.StoreAsync(folder, kind);
        var backends = new List<BackendProcess>();
        try
        {
            while (backends.Count < processes)
            {
                backends.Add(await BackendProcess.StartAsync(folder, [.. store, "--log-level", "Warning"]));
            }

            var outcomes = await RaceAsync(folder, kind, store, backends);

            // Each must have been seen, or the race was none.
            Assert.All((string[])["mint 201", "mint owner_not_active_admin", "demote 200", "demote admin_holds_scim_token", "deactivate 200",
                "deactivate admin_holds_scim_token", "delete 204", "delete admin_holds_scim_token"], o => Assert.True(outcomes.ContainsKey(o), o));
            Assert.Equal(Attempts, outcomes.Values.Sum());
        }
        finally
        {
            backends.ForEach(b => b.Dispose());
        }
    }

    private static async Task<ConcurrentDictionary<string, int>> RaceAsync(TestFolder folder, StoreKind kind, string[] store, List<BackendProcess> backends)
    {
        var outcomes = new ConcurrentDictionary<string, int>();
        var ids = new string?[Admins];
        var left = Attempts;
        using var done = new CancellationTokenSource();
        var watch = WatchAsync(await OpenAsync(folder, kind, store), done.Token);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async w =>
        {
            var random = new Random(20260801 + w);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var outcome = await ActAsync(backends[random.Next(backends.Count)].Admin, ids, random);
                outcomes.AddOrUpdate(outcome, 1, (_, n) => n + 1);
            }
        }));
        await done.CancelAsync();
        Assert.True(await watch > 0, "nobody watched");
        return outcomes;
    }

    private static async Task<string> ActAsync(HttpClient admin, string?[] ids, Random random)
    {
        var racer = random.Next(Admins);
        if (ids[racer] is not { } id)
        {
            var created = await SendAsync(admin, "create", HttpMethod.Post, "/api/v1/users", $$"""{"email":"racer{{racer}}@acme.test","userType":"Admin"}""", "email_conflict");
            ids[racer] = created.Reply.Body!["id"]?.GetValue<string>() ?? created.Reply.Body!["existing"]!["id"]!.GetValue<string>();
            return created.Outcome;
        }

        var user = "/api/v1/users/" + id;
        switch (random.Next(10))
        {
            case 0 or 1:
                return (await SendAsync(admin, "demote", HttpMethod.Patch, user, """{"userType":"Member"}""", "admin_holds_scim_token")).Outcome;
            case 2 or 3:
                return (await SendAsync(admin, "deactivate", HttpMethod.Patch, user, """{"active":false}""", "admin_holds_scim_token")).Outcome;
            case 4:
                var deleted = await SendAsync(admin, "delete", HttpMethod.Delete, user, null, "admin_holds_scim_token");
                ids[racer] = deleted.Reply.Status is HttpStatusCode.NoContent or HttpStatusCode.NotFound ? null : id;
                return deleted.Outcome;
            case 5 or 6:
                return (await SendAsync(admin, "restore", HttpMethod.Patch, user, """{"userType":"Admin","active":true}""", "")).Outcome;
            default:
                var minted = await SendAsync(admin, "mint", HttpMethod.Post, "/api/v1/scim-tokens", $$"""{"ownerId":"{{id}}","description":"race"}""", "owner_not_active_admin");
                if (minted.Reply.Status == HttpStatusCode.Created)
                {
                    await RevokeAsync(admin, random.Next(10) > 0 ? [minted.Reply.String("id")] : await TokensAsync(admin, id));
                }

                return minted.Outcome;
        }
    }

    private static async Task<IReadOnlyList<string>> TokensAsync(HttpClient admin, string owner) =>
        [.. (await TestBackend.SendAsync(admin, HttpMethod.Get, "/api/v1/scim-tokens?ownerId=" + owner)).Items.Select(t => t!["id"]!.GetValue<string>())];

    // Another worker may be quicker.
    private static async Task RevokeAsync(HttpClient admin, IReadOnlyList<string> tokens)
    {
        foreach (var token in tokens)
        {
            var reply = await TestBackend.SendAsync(admin, HttpMethod.Delete, "/api/v1/scim-tokens/" + token);
            Assert.Contains(reply.Status, (HttpStatusCode[])[HttpStatusCode.NoContent, HttpStatusCode.NotFound]);
        }
    }

    private static async Task<(string Outcome, Reply Reply)> SendAsync(HttpClient admin, string what, HttpMethod method, string path, string? body, string refusal)
    {
        var reply = await TestBackend.SendAsync(admin, method, path, body);
        var outcome = reply.Code ?? ((int)reply.Status).ToString(CultureInfo.InvariantCulture);
        Assert.True((int)reply.Status < 300 || outcome == refusal || outcome == "not_found" || (refusal == "" && outcome == "admin_holds_scim_token"), $"{what}: {reply.Text}");
        return ($"{what} {outcome}", reply);
    }

    private static async Task<DbConnection> OpenAsync(TestFolder folder, StoreKind kind, string[] store)
    {
        DbConnection connection = kind == StoreKind.File
            ? new SqliteConnection($"Data Source={folder.File("account.db")};Mode=ReadOnly;Pooling=False")
            : new NpgsqlConnection(store[1] + ";Password=" + (await TestPostgres.Shared).Password);
        await connection.OpenAsync();
        return connection;
    }

    // Looks at the data itself, one snapshot after the other, all the while and once more at the end.
    private static async Task<int> WatchAsync(DbConnection connection, CancellationToken done)
    {
        await using var watching = connection;
        await using var command = connection.CreateCommand();
        command.CommandText = Orphans;
        for (var looks = 1; ; looks++)
        {
            var last = done.IsCancellationRequested;
            Assert.Equal(0L, await command.ExecuteScalarAsync(CancellationToken.None));
            if (last)
            {
                return looks;
            }

            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, done));
        }
    }
}

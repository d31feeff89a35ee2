using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Npgsql;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Storage;
using ScimOperator.Backend.Storage.Postgres;

namespace ScimOperator.Backend.Tests;

/// <summary>A PostgreSQL that crashes, restarts, throws sessions out and loses answers.</summary>
public sealed class PostgresFailureTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_goes_down_in_the_middle_of_writes_loses_nothing_acknowledged_and_the_backend_recovers(bool immediate)
    {
        await using var server = await TestPostgres.StartAsync(flush: true);
        var store = server.ConnectionString;
        await using var backend = await TestBackend.StartAsync(StoreKind.Memory, o => o with { Store = store });
        var alice = await backend.AliceAsync();
        using var done = new CancellationTokenSource();
        var (acknowledged, denied, written) = (new ConcurrentBag<string>(), new ConcurrentBag<string>(), new SemaphoreSlim(0));
        var writers = Enumerable.Range(0, 8).Select(w => WriteAsync(backend, alice, w, acknowledged, denied, written, done.Token)).ToList();
        for (var round = 0; round < 3; round++)
        {
            await TakeAsync(written, 100);
            await (immediate ? server.StopImmediatelyAsync() : server.CrashAsync());
            var down = await backend.GetAsync("/api/v1/users");
            await server.RunAsync();
            down.Expect(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.NotNull(down.Headers.RetryAfter);
        }

        await TakeAsync(written, 100);
        await done.CancelAsync();
        await Task.WhenAll(writers);

        var stored = await ReferencesAsync(backend);
        Assert.True(acknowledged.Count >= 400);
        Assert.Empty(acknowledged.Except(stored));
        // Who was told that nothing was changed can rely on that, too.
        Assert.Empty(denied.Intersect(stored));
    }

    [SkippableTheory]
    [InlineData((int)PostgresProxy.Fault.CommitLost)]
    [InlineData((int)PostgresProxy.Fault.AnswerLost)]
    public async Task A_commit_whose_connection_breaks_is_carried_out_once_and_acknowledged(int fault)
    {
        var server = await TestPostgres.Shared;
        await using var proxy = new PostgresProxy(server.Folder);
        var schema = await server.CreateSchemaAsync();
        // Unprepared, a commit is seen as text on the wire.
        var through = new NpgsqlConnectionStringBuilder(schema) { Host = "127.0.0.1", Port = proxy.Port, MaxAutoPrepare = 0 };
        await using var backend = await TestBackend.StartAsync(StoreKind.Memory, o => o with { Store = through.ConnectionString });
        var alice = await backend.AliceAsync();

        proxy.CutNextCommit((PostgresProxy.Fault)fault);
        var minted = await backend.MintAsync(alice, "cut");

        minted.Expect(HttpStatusCode.Created);
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(minted.String("id"), Assert.Single((await backend.GetAsync("/api/v1/scim-tokens")).Items)!["id"]!.GetValue<string>());
        Assert.Single((await backend.GetAsync("/api/v1/audit-events?action=token.create")).Items);
        await server.DropSchemaAsync(schema);
    }

    [SkippableFact]
    public async Task Sessions_that_the_server_throws_out_are_replaced_without_anybody_noticing()
    {
        const string Name = "thrown-out";
        await using var backend = await TestBackend.StartAsync(StoreKind.Postgres, o => o with { Store = o.Store + ";Application Name=" + Name });
        var server = await TestPostgres.Shared;
        var alice = await backend.AliceAsync();
        for (var round = 0; round < 5; round++)
        {
            await server.ExecuteAsync(
                $"SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = '{Name}'");
            (await backend.GetAsync("/api/v1/users/" + alice)).Expect(HttpStatusCode.OK);
            (await backend.MintAsync(alice)).Expect(HttpStatusCode.Created);
        }

        Assert.Equal(5, (await backend.GetAsync("/api/v1/scim-tokens")).Items.Count);
    }

    [SkippableFact]
    public async Task A_write_that_the_server_gives_up_for_another_is_run_again()
    {
        var server = await TestPostgres.Shared;
        var schema = await server.CreateSchemaAsync();
        await using var store = Open(schema);
        var user = await store.WriteAsync(s => UserChanges.Create(s, UserRecord.Draft("a@x.test", UserType.Admin, true), "test", Now));
        await using var other = new NpgsqlConnection(schema);
        await other.OpenAsync();
        var runs = 0;

        // The other one heeds no lock of ours: it changes what the work has read, and is first to commit.
        var updated = await store.WriteAsync(s =>
        {
            var before = s.Users.Find(user.Id)!;
            if (++runs == 1)
            {
                using var change = new NpgsqlCommand("UPDATE users SET display_name = 'Other', version = version + 1", other);
                change.ExecuteNonQuery();
            }

            return UserChanges.Update(s, before, before with { Email = "b@x.test" }, "test", Now);
        });

        Assert.Equal(2, runs);
        Assert.Equal(("b@x.test", "Other", 3), (updated.Email, updated.DisplayName, updated.Version));
        Assert.Equal(updated, await store.ReadAsync(s => s.Users.Find(user.Id)));
        await server.DropSchemaAsync(schema);
    }

    [SkippableFact]
    public async Task A_write_that_meets_others_again_and_again_ends_with_an_error_and_changes_nothing()
    {
        var server = await TestPostgres.Shared;
        var schema = await server.CreateSchemaAsync();
        await using var store = Open(schema);
        var user = await store.WriteAsync(s => UserChanges.Create(s, UserRecord.Draft("a@x.test", UserType.Member, true), "test", Now));
        await using var other = new NpgsqlConnection(schema);
        await other.OpenAsync();
        var runs = 0;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(s =>
        {
            var before = s.Users.Find(user.Id)!;
            runs++;
            using var change = new NpgsqlCommand("UPDATE users SET version = version + 1", other);
            change.ExecuteNonQuery();
            return UserChanges.Update(s, before, before with { DisplayName = "Mine" }, "test", Now);
        }));

        Assert.Equal(5, runs);
        Assert.Null((await store.ReadAsync(s => s.Users.Find(user.Id)))!.DisplayName);
        await server.DropSchemaAsync(schema);
    }

    [SkippableFact]
    public async Task A_backend_that_hangs_while_it_writes_holds_up_the_others_for_a_time_only()
    {
        var server = await TestPostgres.Shared;
        var schema = await server.CreateSchemaAsync();
        await using var store = Open(schema);
        await using var hung = new NpgsqlConnection(schema + ";Pooling=false");
        await hung.OpenAsync();
        await using (var begin = new NpgsqlCommand("SET idle_in_transaction_session_timeout = '1s'; " + new PostgresDialect().BeginWrite, hung))
        {
            await begin.ExecuteNonQueryAsync();
        }

        var user = await store.WriteAsync(s => UserChanges.Create(s, UserRecord.Draft("a@x.test", UserType.Member, true), "test", Now));

        Assert.NotNull(await store.ReadAsync(s => s.Users.Find(user.Id)));
        await server.DropSchemaAsync(schema);
    }

    private static SqlStore Open(string schema)
    {
        var connections = new PostgresConnections(schema, null);
        return SqlStore.Open(connections.Open, new PostgresDialect(), connections.MaxReaders, Now, connections);
    }

    private static async Task TakeAsync(SemaphoreSlim written, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await written.WaitAsync(TimeSpan.FromSeconds(60)), "writes don't go on");
        }
    }

    private static async Task WriteAsync(
        TestBackend backend, string owner, int worker, ConcurrentBag<string> acknowledged, ConcurrentBag<string> denied, SemaphoreSlim written, CancellationToken done)
    {
        for (var i = 0; !done.IsCancellationRequested; i++)
        {
            var reference = string.Create(CultureInfo.InvariantCulture, $"{worker}-{i}");
            var reply = await backend.MintAsync(owner, more: $",\"reference\":\"{reference}\"");
            if (reply.Status == HttpStatusCode.Created)
            {
                acknowledged.Add(reference);
                written.Release();
                continue;
            }

            reply.Expect(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.NotNull(reply.Headers.RetryAfter);
            if (reply.String("detail").Contains("nothing was changed", StringComparison.Ordinal))
            {
                denied.Add(reference);
            }
        }
    }

    private static async Task<HashSet<string>> ReferencesAsync(TestBackend backend)
    {
        var found = new HashSet<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await backend.GetAsync("/api/v1/scim-tokens?limit=1000" + (cursor.Length > 0 ? "&cursor=" + cursor : ""));
            found.UnionWith(page.Expect(HttpStatusCode.OK).Items.Select(t => t!["reference"]!.GetValue<string>()));
            cursor = page.Object["nextCursor"]?.GetValue<string>();
        }

        return found;
    }
}

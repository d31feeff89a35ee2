using Microsoft.Data.Sqlite;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Storage;
using ScimOperator.Backend.Storage.Sqlite;

namespace ScimOperator.Backend.Tests;

public sealed class StoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TestFolder folder = new();

    private string Data => folder.File("account.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Work_that_fails_is_undone_and_its_neighbours_stay()
    {
        await using var store = Open();
        using var gate = new ManualResetEventSlim();
        // Holds the writer, so that the items behind it become one batch.
        var first = store.WriteAsync(s => Gate(s, gate));
        var good = store.WriteAsync(s => UserChanges.Create(s, UserRecord.Draft("good@x.test", UserType.Member, true), "test", Now));
        var bad = store.WriteAsync<bool>(s =>
        {
            UserChanges.Create(s, UserRecord.Draft("bad@x.test", UserType.Member, true), "test", Now);
            throw new InvalidDataException("on purpose");
        });
        var late = store.WriteAsync(s => UserChanges.Create(s, UserRecord.Draft("late@x.test", UserType.Member, true), "test", Now));
        gate.Set();

        await Task.WhenAll(first, good, late);
        Assert.Equal("on purpose", (await Assert.ThrowsAsync<InvalidDataException>(() => bad)).Message);
        Assert.Equal(["good@x.test", "late@x.test"], (await store.ReadAsync(s => s.Users.Page(0, 10))).Select(u => u.Email));
        Assert.Equal(2, (await store.ReadAsync(s => s.Audit.Page(null, null, 0, 10))).Count);
    }

    [Fact]
    public async Task Nothing_of_a_batch_is_acknowledged_when_it_cannot_be_committed()
    {
        await using var store = Open();
        using var gate = new ManualResetEventSlim();
        var first = store.WriteAsync(s => Gate(s, gate));
        var good = store.WriteAsync(s => UserChanges.Create(s, UserRecord.Draft("good@x.test", UserType.Member, true), "test", Now));
        // As an I/O error does, this ends the transaction under its neighbours.
        var fatal = store.WriteAsync(s =>
        {
            s.Rollback();
            return true;
        });
        gate.Set();
        foreach (var item in (Task[])[first, good, fatal])
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => item);
        }

        Assert.Equal(0, await store.ReadAsync(s => s.Users.Count()));
        var user = await store.WriteAsync(s => UserChanges.Create(s, UserRecord.Draft("next@x.test", UserType.Member, true), "test", Now));
        Assert.NotNull(await store.ReadAsync(s => s.Users.Find(user.Id)));
    }

    [Fact]
    public async Task Data_of_a_newer_program_is_left_alone()
    {
        await Open().DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={Data};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_version VALUES (99, 'later', 0)";
            command.ExecuteNonQuery();
        }

        Assert.Contains("99", Assert.Throws<StoreUnavailableException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_again_applies_no_step_twice()
    {
        await Open().DisposeAsync();
        await Open().DisposeAsync();
        using var connection = new SqliteConnection($"Data Source={Data};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM schema_version";
        Assert.Equal((long)SqliteMigrations.All.Count, command.ExecuteScalar());
    }

    [Theory]
    [InlineData("SELECT 1 FROM users WHERE email_key = 'x'", "email_key=?")]
    [InlineData("SELECT 1 FROM users WHERE external_id = 'x'", "users_external_id")]
    [InlineData("SELECT 1 FROM scim_tokens WHERE hash = x'00'", "hash=?")]
    [InlineData("SELECT 1 FROM scim_tokens WHERE reference = 'x'", "scim_tokens_reference")]
    [InlineData("SELECT 1 FROM scim_tokens WHERE owner_id = 'x' AND seq > 5 ORDER BY seq", "scim_tokens_owner")]
    [InlineData("SELECT COUNT(*) FROM users WHERE user_type = 'Admin' AND active = 1", "users_active_admins")]
    public async Task Look_ups_use_an_index(string sql, string expected)
    {
        await Open().DisposeAsync();
        using var connection = new SqliteConnection($"Data Source={Data};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this test's own.
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100
        using var plan = command.ExecuteReader();
        Assert.True(plan.Read());
        Assert.Contains(expected, plan.GetString(3), StringComparison.Ordinal);
    }

    private static bool Gate(StoreSession session, ManualResetEventSlim gate)
    {
        gate.Wait();
        return session.Account.Find() is null;
    }

    private SqlStore Open()
    {
        var connections = new SqliteConnections(Data);
        return SqlStore.Open(connections.Open, new SqliteDialect(), connections.Single ? 0 : 8, Now);
    }
}

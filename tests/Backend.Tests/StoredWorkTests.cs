using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Storage;
using ScimOperator.Backend.Storage.Migrations;
using ScimOperator.Backend.Storage.Postgres;
using ScimOperator.Backend.Storage.Sqlite;
using SQLitePCL;

namespace ScimOperator.Backend.Tests;

/// <summary>
/// What look-ups cost, counted and not timed: steps of SQLite's virtual machine, rows that PostgreSQL has read. At 100,000
/// users and tokens it is what it is at 1,000.
/// </summary>
public sealed class StoredWorkTests
{
    private const int Few = 1_000;
    private const int Many = 100_000;
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    // Of these users and tokens each look-up finds one or none.
    private static readonly (string Name, Func<StoreSession, object?> Run)[] LookUps =
    [
        ("user by id", s => s.Users.Find("usr_500")),
        ("user by email", s => s.Users.FindByEmail("User500@x.test")),
        ("token by hash", s => s.Tokens.FindByHash([5, 0, 0])),
        ("tokens of a user", s => s.Tokens.LiveOf("usr_500", Now)),
        ("token by reference", s => s.Tokens.FindLiveByReference("ref-500", Now)),
        ("live tokens up to a limit", s => s.Tokens.HasLive(50, Now)),
        ("active admins", s => s.Users.CountActiveAdmins()),
        ("userName eq", s => Search(s, "userName eq \"USER500@x.test\"")),
        ("userName sw", s => Search(s, "userName sw \"user500@\"")),
        ("externalId eq", s => Search(s, "externalId eq \"ext-500\"")),
        ("externalId sw", s => Search(s, "externalId sw \"ext-500-\"")),
        ("id eq", s => Search(s, "id eq \"usr_500\"")),
        ("emails.value eq", s => Search(s, "emails.value eq \"Mail500@x.test\"")),
        ("emails sw", s => Search(s, "emails sw \"mail500@\"")),
        ("emails[type eq work].value eq", s => Search(s, "emails[type eq \"work\"].value eq \"mail500@x.test\"")),
        ("userName eq or emails eq", s => Search(s, "userName eq \"user500@x.test\" or emails.value eq \"mail500@x.test\"")),
        ("active eq false", s => Search(s, "active eq false")),
        ("userName eq and active eq", s => Search(s, "userName eq \"user500@x.test\" and active eq true")),
        ("changed since", s => Search(s, "meta.lastModified gt \"2027-01-01T00:00:00Z\"")),
    ];

    [Fact]
    public void On_sqlite_every_look_up_costs_at_100_000_what_it_costs_at_1_000()
    {
        using var folder = new TestFolder();
        var (few, many) = (OnSqlite(folder.File("few.db"), Few), OnSqlite(folder.File("many.db"), Many));
        Assert.All(LookUps, lookUp =>
        {
            Assert.True(few[lookUp.Name].Steps > 0, $"{lookUp.Name} was not counted");
            Assert.True(
                many[lookUp.Name].Steps <= few[lookUp.Name].Steps + 20 && many[lookUp.Name].Scanned == 0,
                $"{lookUp.Name}: {few[lookUp.Name]} at {Few}, {many[lookUp.Name]} at {Many}");
        });
    }

    [SkippableFact]
    public async Task On_postgresql_every_look_up_costs_at_100_000_what_it_costs_at_1_000()
    {
        var (few, many) = (await OnPostgresAsync(Few), await OnPostgresAsync(Many));
        Assert.All(LookUps, lookUp => Assert.True(
            many[lookUp.Name].Read <= few[lookUp.Name].Read + 2 && many[lookUp.Name].Scanned == 0,
            $"{lookUp.Name}: {few[lookUp.Name]} at {Few}, {many[lookUp.Name]} at {Many}"));
    }

    [SkippableFact]
    public async Task A_plan_that_was_made_for_any_value_uses_the_indexes_too()
    {
        await using var schema = await SchemaAsync(Many);
        // PostgreSQL makes its own plan for the first five runs of a prepared statement, and perhaps one for all after that.
        Execute(schema.Connection, "SET plan_cache_mode = force_generic_plan");
        // Of a range that is open to one side nothing is known without its value: there the database keeps to plans for one.
        foreach (var (name, run) in LookUps.Where(l => l.Name != "changed since"))
        {
            var (_, scanned) = schema.Work(run);
            Assert.True(scanned == 0, $"{name} reads {scanned} rows without an index");
        }
    }

    private static Dictionary<string, (long Steps, long Scanned)> OnSqlite(string file, int size)
    {
        using var connection = new SqliteConnections(file).Open();
        Migrator.Apply(connection, new SqliteDialect(), Now);
        Execute(connection, $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {size})
            INSERT INTO users (id, email, email_key, user_type, active, external_id, version, created_at, updated_at)
            SELECT 'usr_' || i, 'User' || i || '@x.test', 'user' || i || '@x.test', CASE WHEN i = 1 THEN 'Admin' ELSE 'Member' END, i <> 2, 'ext-' || i, 1, i, i FROM n
            """);
        Fill(connection, "CAST(i AS BLOB)", "x'050000'");
        connection.Handle!.enable_sqlite3_next_stmt(true);
        using var session = new StoreSession(connection, new SqliteDialect());
        return LookUps.ToDictionary(l => l.Name, l =>
        {
            l.Run(session);
            Steps(connection);
            l.Run(session);
            return Steps(connection);
        });
    }

    // Everything that is prepared on the connection, since it was last asked.
    private static (long Steps, long Scanned) Steps(SqliteConnection connection)
    {
        var (steps, scanned) = (0L, 0L);
        for (var statement = raw.sqlite3_next_stmt(connection.Handle, null); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(connection.Handle, statement))
        {
            steps += raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_VM_STEP, 1);
            scanned += raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
        }

        return (steps, scanned);
    }

    private static async Task<Dictionary<string, (long Read, long Scanned)>> OnPostgresAsync(int size)
    {
        await using var schema = await SchemaAsync(size);
        return LookUps.ToDictionary(l => l.Name, l => schema.Work(l.Run));
    }

    private static async Task<PostgresWork> SchemaAsync(int size)
    {
        var schema = new PostgresWork(await TestPostgres.Shared, await (await TestPostgres.Shared).CreateSchemaAsync());
        Migrator.Apply(schema.Connection, new PostgresDialect(), Now);
        Execute(schema.Connection, $"""
            INSERT INTO users (id, email, email_key, user_type, active, external_id, version, created_at, updated_at)
            SELECT 'usr_' || i, 'User' || i || '@x.test', 'user' || i || '@x.test', CASE WHEN i = 1 THEN 'Admin' ELSE 'Member' END, CASE WHEN i = 2 THEN 0 ELSE 1 END, 'ext-' || i, 1, i, i
            FROM generate_series(1, {size}) AS i
            """);
        Fill(schema.Connection, "CAST('\\x' || lpad(to_hex(i), 8, '0') AS BYTEA)", "CAST('\\x050000' AS BYTEA)");
        Execute(schema.Connection, "ANALYZE users, scim_tokens, user_emails, account");
        return schema;
    }

    // Every user has a token and an email; most tokens have expired, 100 are live.
    private static void Fill(DbConnection connection, string hash, string known)
    {
        Execute(connection, "INSERT INTO account (id, name, plan, created_at) VALUES ('acc', 'acme', 'Enterprise', 0)");
        Execute(connection, $"""
            INSERT INTO scim_tokens (id, hash, owner_id, description, reference, last_four, created_at, expires_at)
            SELECT 'tok_' || seq, CASE WHEN seq = 500 THEN {known} ELSE {hash} END, id, 'd', 'ref-' || seq, 'xxxx', seq, CASE WHEN seq <= 50 THEN NULL WHEN seq <= 100 THEN {Now.AddDays(1).ToUnixTimeMilliseconds()} ELSE seq END
            FROM (SELECT seq, seq AS i, id FROM users) AS u
            """);
        Execute(connection, "INSERT INTO user_emails (user_seq, value_key, type_key) SELECT seq, 'mail' || seq || '@x.test', 'work' FROM users");
    }

    private static object Search(StoreSession session, string filter)
    {
        var sql = UserFilterSql.Of(FilterParser.Parse(filter));
        Assert.True(sql.Exact, $"{filter} is not decided by the store alone");
        return (session.Users.CountWhere(sql.Where, sql.Values), session.Users.Where(sql.Where, sql.Values, 0, 100));
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var statement = new SqlStatement(connection, sql);
        statement.Execute();
    }

    private sealed class PostgresWork : IAsyncDisposable
    {
        private const string Counted = """
            SELECT COALESCE(SUM(seq_tup_read), 0)::text || ' ' || COALESCE(SUM(COALESCE(idx_tup_fetch, 0)), 0)::text
            FROM pg_stat_xact_user_tables WHERE schemaname = current_schema() AND relname <> 'account'
            """;

        private readonly PostgresServer server;
        private readonly string schema;
        private readonly StoreSession session;

        public PostgresWork(PostgresServer server, string schema)
        {
            (this.server, this.schema) = (server, schema);
            Connection = new NpgsqlConnection(schema + ";Max Auto Prepare=200;Auto Prepare Min Usages=2;Pooling=false");
            Connection.Open();
            session = new StoreSession(Connection, new PostgresDialect());
        }

        public NpgsqlConnection Connection { get; }

        /// <summary>Rows read by index and without, in a transaction of its own.</summary>
        public (long Read, long Scanned) Work(Func<StoreSession, object?> run)
        {
            session.BeginRead();
            var before = Counts();
            run(session);
            var after = Counts();
            session.EndRead();
            return (after.Read - before.Read, after.Scanned - before.Scanned);
        }

        private (long Read, long Scanned) Counts()
        {
            using var ask = new SqlStatement(Connection, Counted);
            var counts = ask.One(row => row.GetString(0))!.Split(' ').Select(c => long.Parse(c, CultureInfo.InvariantCulture)).ToArray();
            return (counts[1], counts[0]);
        }

        public async ValueTask DisposeAsync()
        {
            session.Dispose();
            await server.DropSchemaAsync(schema);
        }
    }
}

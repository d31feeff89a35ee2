using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage.Sqlite;

/// <summary>SQLite's ways.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    // IMMEDIATE takes the write lock at once: what a transaction reads can't change before it writes.
    public string BeginWrite => "BEGIN IMMEDIATE";

    public string BeginRead => "BEGIN DEFERRED";

    public IReadOnlyList<Migration> Migrations => SqliteMigrations.All;
}

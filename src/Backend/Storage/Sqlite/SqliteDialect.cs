using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage.Sqlite;

/// <summary>SQLite's ways.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    // IMMEDIATE takes the write lock at once: what a transaction reads can't change before it writes.
    public string BeginWrite => "BEGIN IMMEDIATE; SAVEPOINT item";

    public string? BeginRead => "BEGIN DEFERRED";

    public string BeginMigration => "BEGIN IMMEDIATE";

    public string? TransactionOutcome => null;

    public IReadOnlyList<Migration> Migrations => SqliteMigrations.All;

    // There is no connection to lose, and the write lock leaves no conflicts: a busy file has been waited for already.
    public StoreFailure Classify(Exception failure) => StoreFailure.Statement;
}

using System.Data.Common;

namespace ScimOperator.Backend.Storage.Migrations;

/// <summary>Brings a store's schema to the version this program knows, one transaction per step.</summary>
internal static class Migrator
{
    private const string Versions =
        "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";

    /// <exception cref="StoreUnavailableException">The store was written by a newer program.</exception>
    public static void Apply(DbConnection connection, ISqlDialect dialect, DateTimeOffset now)
    {
        // Each is done under a lock: two programs that start at once must not both make a table or apply a step.
        Transact(connection, dialect, () => Execute(connection, Versions));
        foreach (var step in dialect.Migrations)
        {
            Transact(connection, dialect, () => ApplyIfMissing(connection, step, now));
        }

        var newest = dialect.Migrations[^1].Version;
        var current = Version(connection);
        if (current > newest)
        {
            throw new StoreUnavailableException(
                $"The data has schema version {current} and this program knows {newest} at most: start the newer program that wrote it.");
        }
    }

    private static void ApplyIfMissing(DbConnection connection, Migration step, DateTimeOffset now)
    {
        if (Version(connection) >= step.Version)
        {
            return;
        }

        Execute(connection, step.Sql);
        step.Then?.Invoke(connection);
        using var record = new SqlStatement(
            connection, "INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @at)", "version", "name", "at");
        record.Execute(step.Version, step.Name, SqlValues.Of(now));
    }

    private static void Transact(DbConnection connection, ISqlDialect dialect, Action work)
    {
        Execute(connection, dialect.BeginMigration);
        try
        {
            work();
            Execute(connection, "COMMIT");
        }
        catch
        {
            Execute(connection, "ROLLBACK");
            throw;
        }
    }

    private static long Version(DbConnection connection)
    {
        using var version = new SqlStatement(connection, "SELECT COALESCE(MAX(version), 0) FROM schema_version");
        return version.Count();
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var statement = new SqlStatement(connection, sql);
        statement.Execute();
    }
}

using System.Data.Common;
using System.Globalization;

namespace ScimOperator.Backend.Storage.Migrations;

/// <summary>Brings a store's schema to the version this program knows, one transaction per step.</summary>
internal static class Migrator
{
    /// <exception cref="StoreUnavailableException">The store was written by a newer program.</exception>
    public static void Apply(DbConnection connection, ISqlDialect dialect, DateTimeOffset now)
    {
        Execute(
            connection,
            "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        foreach (var step in dialect.Migrations)
        {
            ApplyIfMissing(connection, dialect, step, now);
        }

        var newest = dialect.Migrations[^1].Version;
        var current = Version(connection);
        if (current > newest)
        {
            throw new StoreUnavailableException(
                $"The data has schema version {current} and this program knows {newest} at most: start the newer program that wrote it.");
        }
    }

    private static void ApplyIfMissing(DbConnection connection, ISqlDialect dialect, Migration step, DateTimeOffset now)
    {
        // The version is read under the write lock: two programs that start at once must not both apply a step.
        Execute(connection, dialect.BeginWrite);
        try
        {
            if (Version(connection) < step.Version)
            {
                Execute(connection, step.Sql);
                using var record = new SqlStatement(
                    connection, "INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @at)", "version", "name", "at");
                record.Execute(step.Version, step.Name, SqlValues.Of(now));
            }

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
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(version), 0) FROM schema_version";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var statement = new SqlStatement(connection, sql);
        statement.Execute();
    }
}

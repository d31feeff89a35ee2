using Microsoft.Data.Sqlite;

namespace ScimOperator.Backend.Storage.Sqlite;

/// <summary>Opens connections to one database, set up alike.</summary>
internal sealed class SqliteConnections(string data)
{
    public const string Memory = ":memory:";

    /// <summary>A database in memory belongs to one connection, which then serves readers too.</summary>
    public bool Single => data == Memory;

    /// <summary>
    /// Opens a connection. WAL lets readers go on while the writer commits. synchronous=FULL flushes the log at every
    /// commit: an acknowledged token is in somebody's Secret, so not even a power cut may lose it. Group commit
    /// makes many requests share one flush, which is why the safe setting costs little.
    /// </summary>
    public SqliteConnection Open()
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = data, Pooling = false, DefaultTimeout = 30 };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            using var setup = connection.CreateCommand();
            setup.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;";
            setup.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new StoreUnavailableException($"The database {data} can't be opened: {e.Message} Check the path, its folder and who may write there.", e);
        }
    }
}

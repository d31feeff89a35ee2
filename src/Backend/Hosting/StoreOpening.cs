using ScimOperator.Backend.Storage;
using ScimOperator.Backend.Storage.Postgres;
using ScimOperator.Backend.Storage.Sqlite;

namespace ScimOperator.Backend.Hosting;

/// <summary>Opens the store that the options name.</summary>
internal static class StoreOpening
{
    // Reading is synchronous: as many readers as may be at work in an SQLite file at once.
    private const int SqliteReaders = 64;

    /// <exception cref="OptionsException">The options don't name a store.</exception>
    /// <exception cref="StoreUnavailableException">It can't be used.</exception>
    public static SqlStore Open(BackendOptions options, DateTimeOffset now) => options.Store is { } connectionString
        ? OpenPostgres(connectionString, options.StorePasswordFile, now)
        : OpenSqlite(options.Data, now);

    /// <summary>What to call the store in a message: never the connection string, which may hold a password.</summary>
    public static string NameOf(BackendOptions options) => options.Store is null ? options.Data : "the PostgreSQL database";

    private static SqlStore OpenSqlite(string data, DateTimeOffset now)
    {
        var connections = new SqliteConnections(data);
        return SqlStore.Open(connections.Open, new SqliteDialect(), connections.Single ? 0 : SqliteReaders, now);
    }

    private static SqlStore OpenPostgres(string connectionString, string? passwordFile, DateTimeOffset now)
    {
        var connections = Connections(connectionString, passwordFile is null ? null : Password(passwordFile));
        try
        {
            KeepThreadsFor(connections.MaxReaders);
            return SqlStore.Open(connections.Open, new PostgresDialect(), connections.MaxReaders, now, connections);
        }
        catch
        {
            connections.Dispose();
            throw;
        }
    }

    private static PostgresConnections Connections(string connectionString, string? password)
    {
        try
        {
            return new PostgresConnections(connectionString, password);
        }
        catch (ArgumentException e)
        {
            throw new OptionsException($"--store is no PostgreSQL connection string: {e.Message}.");
        }
    }

    private static string Password(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n') is { Length: > 0 } password
                ? password
                : throw new OptionsException($"The file {path} of --store-password-file is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"The file of --store-password-file can't be read: {e.Message}");
        }
    }

    // A reader waits on its thread for the server's answer; the pool must not be slow to give the others one.
    private static void KeepThreadsFor(int readers)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, readers + Environment.ProcessorCount), ports);
    }
}

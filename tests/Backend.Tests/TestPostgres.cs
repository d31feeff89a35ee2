namespace ScimOperator.Backend.Tests;

/// <summary>PostgreSQL for tests, which are skipped where there is none.</summary>
internal static class TestPostgres
{
    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(() => StartAsync());

    /// <summary>The server that most tests share, each with a schema of its own.</summary>
    /// <exception cref="SkipException">There is no PostgreSQL on this machine; the message says so.</exception>
    public static Task<PostgresServer> Shared => SharedServer.Value;

    /// <exception cref="SkipException">There is no PostgreSQL on this machine.</exception>
    public static async Task<PostgresServer> StartAsync(bool flush = false)
    {
        var missing = await PostgresServer.MissingAsync();
        Skip.If(missing is not null, missing);
        return await PostgresServer.StartAsync(flush);
    }
}

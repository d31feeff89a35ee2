using System.Data.Common;
using Npgsql;

namespace ScimOperator.Backend.Storage.Postgres;

/// <summary>Opens connections to one PostgreSQL database, set up alike.</summary>
internal sealed class PostgresConnections : IDisposable
{
    // Nobody waits for a lock, a statement or a stuck writer for ever: a backend that hangs in a transaction is thrown out by
    // the server, and with it its lock. A server that acknowledges before it has flushed is told not to.
    private const string SetUp = """
        SET lock_timeout = '10s';
        SET statement_timeout = '30s';
        SET idle_in_transaction_session_timeout = '15s';
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        """;

    private readonly NpgsqlDataSource source;
    private readonly string where;

    /// <exception cref="ArgumentException">The connection string is not one; the message does not repeat it.</exception>
    public PostgresConnections(string connectionString, string? password)
    {
        var settings = Settings(connectionString, password);
        where = $"{settings.Database ?? settings.Username} on {settings.Host}";
        MaxReaders = settings.MaxPoolSize - 1;
        // Connections are kept by who opens them, each with its prepared statements.
        settings.Pooling = false;
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        // The types in use are known to every PostgreSQL: there is no need to read them from each.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        source = builder.Build();
    }

    /// <summary>Most connections that readers may hold at a time; one more is the writer's.</summary>
    public int MaxReaders { get; }

    /// <exception cref="StoreUnavailableException">The server can't be reached or does not let us in.</exception>
    public DbConnection Open()
    {
        try
        {
            var connection = source.OpenConnection();
            Check(connection);
            using var setUp = connection.CreateCommand();
            setUp.CommandText = SetUp;
            setUp.ExecuteNonQuery();
            return connection;
        }
        catch (NpgsqlException e)
        {
            throw new StoreUnavailableException($"The PostgreSQL database {where} can't be opened: {e.Message}", e);
        }
    }

    public void Dispose() => source.Dispose();

    private void Check(NpgsqlConnection connection)
    {
        var encoding = connection.PostgresParameters.GetValueOrDefault("server_encoding");
        var problem = (connection.PostgreSqlVersion.Major, encoding) switch
        {
            ( < 13, _) => $"is of version {connection.ServerVersion}: 13 or newer is needed",
            (_, not "UTF8") => $"has the encoding {encoding}: create it with ENCODING 'UTF8'",
            _ => null,
        };
        if (problem is not null)
        {
            connection.Dispose();
            throw new StoreUnavailableException($"The PostgreSQL database {where} {problem}.");
        }
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString, string? password)
    {
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // What Npgsql says may repeat a part of the text, and the part may be the password.
            throw new ArgumentException("it is no list of Name=Value pairs that Npgsql knows, such as Host=db;Database=scim;Username=scim");
        }

        if (string.IsNullOrEmpty(given.Host))
        {
            throw new ArgumentException("it names no Host");
        }

        if (given.MaxPoolSize < 2)
        {
            throw new ArgumentException("its Maximum Pool Size is below 2: the writer needs a connection, and so do readers");
        }

        if (password is not null)
        {
            given.Password = password;
        }

        Default(given, "Maximum Pool Size", 17);
        Default(given, "Timeout", 5);
        Default(given, "Command Timeout", 35);
        Default(given, "Tcp Keepalive", true);
        Default(given, "Max Auto Prepare", 200);
        Default(given, "Auto Prepare Min Usages", 2);
        Default(given, "Application Name", "scim-backend");
        return given;
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string name, object value)
    {
        if (!settings.ShouldSerialize(name))
        {
            settings[name] = value;
        }
    }
}

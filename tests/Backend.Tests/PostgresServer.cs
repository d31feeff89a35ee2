using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.Backend.Tests;

/// <summary>
/// A PostgreSQL server of this process's own, on a socket in a temporary folder; it ends with this process, however that
/// ends. PostgreSQL refuses to run as root, so root's tests run it as the user that Debian's package brings.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string UnprivilegedUser = "postgres";
    private static int schemas;

    private readonly string folder;
    private readonly string bin;
    private readonly bool flush;
    private readonly string password;
    private ChildProcess? server;

    private PostgresServer(string folder, string bin, bool flush)
    {
        this.folder = folder;
        this.bin = bin;
        this.flush = flush;
        password = RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    public string Password => password;

    /// <summary>Leads to the server's first database.</summary>
    public string ConnectionString => PasswordlessConnectionString + ";Password=" + password;

    public string PasswordlessConnectionString => $"Host={folder};Username=scim;Database=postgres;Maximum Pool Size=8";

    /// <summary>Where its socket is.</summary>
    public string Folder => folder;

    private string Data => Path.Combine(folder, "data");

    /// <summary>Why none can be started on this machine; null where one can.</summary>
    public static async Task<string?> MissingAsync()
    {
        if (Programs() is null)
        {
            return "no PostgreSQL is installed: on Debian, 'apt-get install postgresql' (make test does that as root)";
        }

        return Environment.IsPrivilegedProcess && !(await Command.RunAsync("id", [UnprivilegedUser])).Succeeded
            ? $"PostgreSQL does not run as root, and there is no user {UnprivilegedUser} to run it as"
            : null;
    }

    /// <summary>Starts one.</summary>
    /// <param name="flush">Whether disks are waited for: what ends in tests are processes, not the power.</param>
    /// <exception cref="ControlPlaneException">There is no PostgreSQL on this machine.</exception>
    public static async Task<PostgresServer> StartAsync(bool flush)
    {
        if (await MissingAsync() is { } reason)
        {
            throw new ControlPlaneException(reason);
        }

        var server = new PostgresServer(OwnedFolder.CreateWork(detached: false), Programs()!, flush);
        await server.InitializeAsync();
        await server.RunAsync();
        return server;
    }

    /// <summary>A connection string for an empty schema.</summary>
    public async Task<string> CreateSchemaAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"s{Interlocked.Increment(ref schemas)}");
        await ExecuteAsync("CREATE SCHEMA " + name);
        return ConnectionString + ";Search Path=" + name;
    }

    public async Task DropSchemaAsync(string connectionString) =>
        await ExecuteAsync($"DROP SCHEMA IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).SearchPath} CASCADE");

#pragma warning disable CA2100 // The statements are the tests' own.
    public async Task<object?> ExecuteAsync(string sql, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(connectionString ?? ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
#pragma warning restore CA2100

    /// <summary>Ends it as a crash does: its sessions are cut, nothing is flushed, and the next start recovers from the log.</summary>
    public Task CrashAsync() => StopAsync(ChildSignal.Kill);

    /// <summary>As pg_ctl stop -m immediate.</summary>
    public Task StopImmediatelyAsync() => StopAsync((ChildSignal)3);

    /// <summary>Starts it again. After a crash its last children may still hold the shared memory for a moment: then it is tried anew.</summary>
    public async Task RunAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        server = Launch();
        while (!await AnswersAsync())
        {
            if (server.HasExited)
            {
                if (deadline.IsCancellationRequested || !server.ReadLogTail().Contains("pre-existing shared memory block", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException("PostgreSQL has ended:\n" + server.ReadLogTail());
                }

                await server.DisposeAsync();
                server = Launch();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopImmediatelyAsync();
        await server!.DisposeAsync();
    }

    private ChildProcess Launch() => ChildProcess.Start(new ChildProcessOptions
    {
        Name = "postgres",
        FileName = "setpriv",
        // The signal at our end is forgotten where the user changes, so it is asked for afterwards; this one is an
        // immediate shutdown, which leaves no shared memory behind.
        Arguments =
        [
            .. Unprivileged(), "setpriv", "--pdeathsig", "QUIT", "--", Path.Combine(bin, "postgres"), "-D", Data, "-k", folder, "-c", "listen_addresses=",
            "-c", "max_connections=200", "-c", $"fsync={(flush ? "on" : "off")}", "-c", "shared_buffers=64MB", "-c", "max_wal_size=1GB",
        ],
        WorkingDirectory = folder,
        LogPath = Path.Combine(folder, "postgres.log"),
    });

    private static string? Programs()
    {
        var found = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb")))
                .MaxBy(d => int.TryParse(Path.GetFileName(Path.GetDirectoryName(d)), CultureInfo.InvariantCulture, out var version) ? version : 0)
            : null;
        return found ?? Path.GetDirectoryName(ProgramPath.Find("initdb"));
    }

    private static string[] Unprivileged() => Environment.IsPrivilegedProcess
        ? ["--reuid", UnprivilegedUser, "--regid", UnprivilegedUser, "--clear-groups", "--"]
        : ["--"];

    private async Task InitializeAsync()
    {
        var passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, password + "\n");
        if (Environment.IsPrivilegedProcess)
        {
            await RequireAsync("chown", "-R", UnprivilegedUser + ":", folder);
        }

        await RequireAsync(
            "setpriv",
            [
                .. Unprivileged(), Path.Combine(bin, "initdb"), "-D", Data, "-U", "scim", "--auth=scram-sha-256", "--pwfile", passwordFile,
                "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
            ]);
        File.Delete(passwordFile);
    }

    private static async Task RequireAsync(string program, params string[] arguments)
    {
        var result = await Command.RunAsync(program, arguments);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"{program} failed: {result.Stdout}{result.Stderr}");
        }
    }

    private async Task StopAsync(ChildSignal signal)
    {
        server!.Signal(signal);
        await server.WaitForExitAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync("SELECT 1", ConnectionString + ";Pooling=false");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.Backend.Tests;

/// <summary>The backend as a process of its own, which a test can kill.</summary>
internal sealed class BackendProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private BackendProcess(Process process) => this.process = process;

    public required Uri Url { get; init; }

    public required HttpClient Admin { get; init; }

    /// <summary>The options that name a store, which a process started later finds as this one left it; with PostgreSQL, one in a schema of its own.</summary>
    public static async Task<string[]> StoreAsync(TestFolder folder, StoreKind kind)
    {
        if (kind == StoreKind.File)
        {
            return ["--data", folder.File("account.db")];
        }

        var server = await TestPostgres.Shared;
        await File.WriteAllTextAsync(folder.File("store-password"), server.Password + "\n");
        var schema = new Npgsql.NpgsqlConnectionStringBuilder(await server.CreateSchemaAsync()) { Password = null };
        return ["--store", schema.ConnectionString, "--store-password-file", folder.File("store-password")];
    }

    /// <summary>All it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public static async Task<BackendProcess> StartAsync(TestFolder folder, params string[] more)
    {
        var (url, process, first) = (new TaskCompletionSource<string>(), Start(folder, more), new StringBuilder());
        void Take(string? line)
        {
            lock (first)
            {
                first.AppendLine(line);
            }

            if (line is null)
            {
                url.TrySetException(new InvalidOperationException("The backend ended: " + first));
            }
            else if (line.StartsWith("listening on ", StringComparison.Ordinal))
            {
                url.TrySetResult(line["listening on ".Length..]);
            }
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        var address = new Uri(await url.Task);
        var admin = new HttpClient { BaseAddress = address };
        admin.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(folder.File("credential"))).Trim());
        var started = new BackendProcess(process) { Url = address, Admin = admin };
        process.OutputDataReceived += (_, e) => started.Keep(e.Data);
        return started;
    }

    /// <summary>Ends it as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM); returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        Admin.Dispose();
    }

    /// <summary>
    /// Runs the program with exactly these arguments: the published binary that SCIM_BACKEND_BINARY names, or else the
    /// one that was built with the tests.
    /// </summary>
    public static Process Run(params string[] args)
    {
        var published = Environment.GetEnvironmentVariable("SCIM_BACKEND_BINARY");
        string[] built = ["exec", Path.Combine(AppContext.BaseDirectory, "scim-backend.dll"), .. args];
        string[] program = published is null ? ["dotnet", .. built] : [published, .. args];
        // It must not outlive a test host that is killed.
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", "--", .. program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return LauncherThread.Start(start);
    }

    private static Process Start(TestFolder folder, string[] more) => Run(
    [
        "--listen", "127.0.0.1:0", "--account", "acme",
        "--admin", "alice@acme.test", "--admin", "bob@acme.test", "--credential-file", folder.File("credential"), .. more,
    ]);

    private void Keep(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}

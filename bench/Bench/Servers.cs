using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Tests;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.Bench;

/// <summary>Starts the servers, each in its own process, as it is shipped.</summary>
internal sealed class Servers(string root) : IAsyncDisposable
{
    private readonly string folder = OwnedFolder.CreateWork(detached: false);
    private readonly List<IAsyncDisposable> running = [];
    private int started;

    public Task<Subject> SqliteAsync(int users) =>
        BackendAsync("scim-backend, SQLite", users, ["--data", Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"account{users}.db"))]);

    public async Task<(Subject Subject, PostgresServer Server)> PostgresAsync(int users)
    {
        var server = await PostgresServer.StartAsync(flush: true);
        running.Add(server);
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, server.Password);
        string[] store = ["--store", server.PasswordlessConnectionString + ";Maximum Pool Size=17", "--store-password-file", password];
        return (await BackendAsync("scim-backend, PostgreSQL", users, store), server);
    }

    public async Task<Subject> ScimmyAsync(int users)
    {
        var server = FindScimmy() ?? throw new BenchException("scimmy is not installed: run scripts/third-party.sh, as 'make bench' does");
        var (port, token) = (LoopbackPort.FindFree(), RandomNumberGenerator.GetHexString(16));
        Start("node", [server, port.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string?> { ["SCIMMY_TOKEN"] = token, ["NODE_ENV"] = "production" });
        var subject = new Subject("scimmy (memory)", new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/scim/v2")), token, users, false);
        await AnswersAsync(subject.Url);
        return subject;
    }

    /// <summary>Ends all that run: one server is measured at a time.</summary>
    public async Task StopAsync()
    {
        foreach (var server in Enumerable.Reverse(running))
        {
            await server.DisposeAsync();
        }

        running.Clear();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<Subject> BackendAsync(string name, int users, string[] store)
    {
        var binary = Path.Combine(root, "artifacts/bin/scim-backend");
        var (credential, ready) = (Path.Combine(folder, "credential"), Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"ready{started}")));
        Start(binary, ["--listen", "127.0.0.1:0", "--credential-file", credential, "--ready-file", ready, "--admin", "alice@example.test",
            "--rate-limit", "none", "--log-level", "Warning", .. store]);
        while (!File.Exists(ready))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            RequireRunning();
        }

        var url = new Uri((await File.ReadAllTextAsync(ready)).Trim());
        return new Subject(name, new Uri(url, "/scim/v2"), await MintAsync(url, (await File.ReadAllTextAsync(credential)).Trim()), users, true);
    }

    private static async Task<string> MintAsync(Uri url, string credential)
    {
        using var admin = new HttpClient { BaseAddress = url };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        var users = await admin.GetFromJsonAsync<JsonObject>("/api/v1/users?email=alice@example.test");
        using var minted = await admin.PostAsJsonAsync("/api/v1/scim-tokens", new JsonObject
        {
            ["ownerId"] = users!["items"]![0]!["id"]!.GetValue<string>(),
            ["description"] = "bench",
        });
        return (await minted.Content.ReadFromJsonAsync<JsonObject>())!["value"]!.GetValue<string>();
    }

    private void Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) => running.Add(ChildProcess.Start(new ChildProcessOptions
    {
        Name = Path.GetFileName(program),
        FileName = program,
        Arguments = arguments,
        Environment = environment ?? new Dictionary<string, string?>(),
        LogPath = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"log{started++}")),
    }));

    private async Task AnswersAsync(Uri url)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(url.AbsoluteUri + "/ServiceProviderConfig");
                return;
            }
            catch (HttpRequestException)
            {
                RequireRunning();
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    private void RequireRunning()
    {
        if (running[^1] is ChildProcess { HasExited: true } child)
        {
            throw new BenchException($"{child.Name} has ended: {child.ReadLogTail()}");
        }
    }

    private static string? FindScimmy()
    {
        var cache = Environment.GetEnvironmentVariable("SCIM_OPERATOR_CACHE")
            ?? Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "scim-operator");
        var scimmy = Path.Combine(cache, "scimmy");
        return Directory.Exists(scimmy)
            ? Directory.EnumerateFiles(scimmy, "server.mjs", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).MaxBy(File.GetLastWriteTimeUtc)
            : null;
    }
}

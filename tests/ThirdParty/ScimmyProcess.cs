using System.Net.Http.Headers;
using System.Security.Cryptography;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ThirdParty;

/// <summary>scimmy-routers as a process of its own: a SCIM service provider that nobody here wrote. scripts/third-party.sh installs it.</summary>
internal sealed class ScimmyProcess : IAsyncDisposable
{
    private static readonly string[] Parts = ["package.json", "package-lock.json", "server.mjs"];
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private readonly string folder = Directory.CreateTempSubdirectory("scimmy-").FullName;
    private readonly ChildProcess process;

    private ScimmyProcess(string server)
    {
        var port = LoopbackPort.FindFree();
        Url = new Uri($"http://127.0.0.1:{port}/scim/v2");
        process = ChildProcess.Start(new ChildProcessOptions
        {
            Name = "scimmy",
            FileName = "node",
            Arguments = [server, $"{port}"],
            Environment = new Dictionary<string, string?> { ["SCIMMY_TOKEN"] = Token },
            LogPath = Path.Combine(folder, "log"),
        });
        Http = new HttpClient { BaseAddress = new Uri($"{Url.AbsoluteUri}/") };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    /// <summary>The one bearer token it accepts.</summary>
    internal string Token { get; } = $"scimmy-{Guid.NewGuid():N}";

    internal Uri Url { get; }

    /// <summary>Talks to it directly, as an administrator's page would.</summary>
    internal HttpClient Http { get; }

    /// <summary>Starts it; skips the test where it is not installed.</summary>
    internal static async Task<ScimmyProcess> StartAsync(string repositoryRoot)
    {
        var server = Path.Combine(Cache(), "scimmy", Hash(Path.Combine(repositoryRoot, "tests/ThirdParty/scimmy")), "server.mjs");
        Skip.IfNot(File.Exists(server), "scimmy-routers is not installed: run scripts/third-party.sh, as 'make test' does.");
        var started = new ScimmyProcess(server);
        using var deadline = new CancellationTokenSource(StartTimeout);
        while (!await started.ServesAsync())
        {
            Assert.False(started.process.HasExited || deadline.IsCancellationRequested, $"scimmy does not serve: {started.process.ReadLogTail()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return started;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> ServesAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("ServiceProviderConfig");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Cache() => Environment.GetEnvironmentVariable(ControlPlaneOptions.CacheVariable)
        ?? Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "scim-operator");

    /// <summary>As scripts/third-party.sh computes it.</summary>
    private static string Hash(string source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Parts)
        {
            hash.AppendData(File.ReadAllBytes(Path.Combine(source, part)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}

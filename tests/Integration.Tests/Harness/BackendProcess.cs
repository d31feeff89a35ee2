using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>The reference backend as a process of its own, with SQLite in a file: it can be killed and started again.</summary>
internal sealed class BackendProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("scim-backend-").FullName;
    private readonly string[] more;
    private readonly HttpClient admin;
    private ChildProcess? process;

    private BackendProcess(string[] more)
    {
        this.more = more;
        Url = new Uri($"http://127.0.0.1:{LoopbackPort.FindFree()}");
        admin = new HttpClient { BaseAddress = Url };
    }

    internal Uri Url { get; }

    /// <summary>The bearer credential of the admin API.</summary>
    internal string Credential => File.ReadAllText(Path.Combine(folder, "credential")).Trim();

    /// <summary>Starts it with account acme and the admins alice and bob.</summary>
    internal static async Task<BackendProcess> StartAsync(params string[] more)
    {
        var backend = new BackendProcess(more);
        await backend.StartAgainAsync();
        return backend;
    }

    internal async Task StartAgainAsync()
    {
        process = ChildProcess.Start(new ChildProcessOptions
        {
            Name = "scim-backend",
            FileName = "dotnet",
            Arguments =
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "scim-backend.dll"), "--listen", $"127.0.0.1:{Url.Port}",
                "--data", Path.Combine(folder, "account.db"), "--account", "acme", "--credential-file", Path.Combine(folder, "credential"),
                "--admin", Tenant.Email("alice"), "--admin", Tenant.Email("bob"), .. more,
            ],
            LogPath = Path.Combine(folder, "log"),
        });
        await Eventually.HoldsAsync(WhyNotServingAsync, "the backend serves");
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Credential);
    }

    internal Task KillAsync() => process!.KillAsync();

    internal Task<Answer> GetAsync(string path) => Answer.OfAsync(admin.GetAsync(path));

    internal Task<Answer> DeleteAsync(string path) => Answer.OfAsync(admin.DeleteAsync(path));

    internal Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    internal Task<Answer> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    internal async Task<IReadOnlyList<JsonNode>> TokensAsync() =>
        [.. (await GetAsync("/api/v1/scim-tokens?limit=1000")).Succeeded().Body["items"]!.AsArray().Select(item => item!)];

    internal async Task<JsonNode> UserAsync(string name) =>
        (await GetAsync($"/api/v1/users?email={Uri.EscapeDataString(Tenant.Email(name))}")).Succeeded().Body["items"]![0]!;

    /// <summary>Makes a token as a person would on the account's own pages; returns its id.</summary>
    internal async Task<string> MintAsync(string owner, string description)
    {
        var id = (await UserAsync(owner))["id"]!.GetValue<string>();
        var answer = await PostAsync("/api/v1/scim-tokens", $$"""{"ownerId":"{{id}}","description":"{{description}}"}""");
        return answer.Succeeded().Body["id"]!.GetValue<string>();
    }

    /// <summary>How /scim/v2/Users answers this token.</summary>
    internal async Task<System.Net.HttpStatusCode> UseAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/scim/v2/Users");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await Answer.OfAsync(admin.SendAsync(request))).Status;
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        return await Answer.OfAsync(admin.SendAsync(request));
    }

    private async Task<string?> WhyNotServingAsync()
    {
        Assert.False(process!.HasExited, process.ReadLogTail());
        try
        {
            return (await GetAsync("/healthz")).Ok ? null : "it is not healthy";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>The contract on this project's own backend.</summary>
public sealed class OwnBackendTests : ScimContract
{
    protected override async Task<IProvider> StartAsync() => await Provider.StartAsync();

    private sealed class Provider : IProvider
    {
        private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scim-backend-");
        private readonly HttpClient http;
        private readonly ChildProcess process;

        private Provider()
        {
            var port = LoopbackPort.FindFree();
            http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            Url = new Uri(http.BaseAddress, "/scim/v2");
            process = ChildProcess.Start(new ChildProcessOptions
            {
                Name = "scim-backend",
                FileName = "dotnet",
                Arguments =
                [
                    "exec", Path.Combine(AppContext.BaseDirectory, "scim-backend.dll"), "--listen", $"127.0.0.1:{port}", "--data", Path.Combine(folder.FullName, "account.db"),
                    "--account", "acme", "--credential-file", Credential, "--admin", "root@acme.test",
                ],
                LogPath = Path.Combine(folder.FullName, "log"),
            });
        }

        public Uri Url { get; }

        public string Token { get; private set; } = "";

        public int MoreThanAPage => 30;

        internal static async Task<Provider> StartAsync()
        {
            var provider = new Provider();
            using var deadline = new CancellationTokenSource(StartTimeout);
            while (!await provider.ServesAsync())
            {
                Assert.False(provider.process.HasExited || deadline.IsCancellationRequested, $"The backend does not serve: {provider.process.ReadLogTail()}");
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }

            provider.Authorize((await File.ReadAllTextAsync(provider.Credential)).Trim());
            var owner = JsonNode.Parse(await provider.http.GetStringAsync("/api/v1/users"))!["items"]![0]!["id"]!.GetValue<string>();
            provider.Token = (await provider.PostAsync("/api/v1/scim-tokens", $$"""{"ownerId":"{{owner}}","description":"test"}"""))["value"]!.GetValue<string>();
            provider.Authorize(provider.Token);
            return provider;
        }

        public async Task<string> CreateAsync(string json)
        {
            var body = JsonNode.Parse(json)!.AsObject();
            body["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User");
            return (await PostAsync("/scim/v2/Users", body.ToJsonString()))["id"]!.GetValue<string>();
        }

        public async Task<JsonObject> GetAsync(string id) => JsonNode.Parse(await http.GetStringAsync($"/scim/v2/Users/{id}"))!.AsObject();

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await process.DisposeAsync();
            folder.Delete(recursive: true);
        }

        private string Credential => Path.Combine(folder.FullName, "credential");

        private async Task<bool> ServesAsync()
        {
            try
            {
                using var answer = await http.GetAsync("/healthz");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        private void Authorize(string bearer) => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);

        private async Task<JsonObject> PostAsync(string path, string json)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(path, content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonNode.Parse(text)!.AsObject();
        }
    }
}

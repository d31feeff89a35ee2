using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.Backend.Hosting;

namespace ScimOperator.Backend.Tests;

/// <summary>A backend in this process, on a free port, with admins alice and bob; talked to over HTTP only.</summary>
internal sealed class TestBackend : IAsyncDisposable
{
    private readonly TestFolder folder;
    private readonly List<HttpClient> clients = [];
    private BackendHost host;

    private TestBackend(TestFolder folder, BackendOptions options, FakeTimeProvider time, BackendHost host)
    {
        this.folder = folder;
        this.host = host;
        Options = options;
        Time = time;
        Credential = File.ReadAllText(options.CredentialFile).Trim();
        Admin = Client(Credential);
    }

    public BackendOptions Options { get; private set; }

    public FakeTimeProvider Time { get; }

    public string Credential { get; }

    public HttpClient Admin { get; private set; }

    public Uri Url => host.Url;

    public IEnumerable<RouteEndpoint> Routes => host.Routes;

    public static async Task<TestBackend> StartAsync(StoreKind kind = StoreKind.Memory, Func<BackendOptions, BackendOptions>? change = null)
    {
        var folder = new TestFolder();
        var options = new BackendOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Data = kind == StoreKind.File ? folder.File("account.db") : ":memory:",
            Store = kind == StoreKind.Postgres ? await (await TestPostgres.Shared).CreateSchemaAsync() : null,
            Account = "acme",
            Admins = ["alice@acme.test", "bob@acme.test"],
            CredentialFile = folder.File("credential"),
        };
        options = change?.Invoke(options) ?? options;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero));
        try
        {
            return new TestBackend(folder, options, time, await BackendHost.StartAsync(options, time));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async Task RestartAsync(Func<BackendOptions, BackendOptions>? change = null)
    {
        await host.DisposeAsync();
        Options = change?.Invoke(Options) ?? Options;
        host = await BackendHost.StartAsync(Options, Time);
        Admin = Client(Credential);
    }

    public HttpClient Client(string? credential)
    {
        var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        clients.Add(client);
        return client;
    }

    public Task<Reply> GetAsync(string path) => SendAsync(Admin, HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, string body) => SendAsync(Admin, HttpMethod.Post, path, body);

    public Task<Reply> PatchAsync(string path, string body) => SendAsync(Admin, HttpMethod.Patch, path, body);

    public Task<Reply> DeleteAsync(string path) => SendAsync(Admin, HttpMethod.Delete, path);

    public static async Task<Reply> SendAsync(
        HttpClient client, HttpMethod method, string path, string? body = null, string mediaType = "application/json", string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        var json = text.Length > 0 && type?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : null;
        return new Reply(response.StatusCode, json, text, response.Headers, type);
    }

    /// <summary>Sends a body that the server stops reading: a client that is still sending may lose the answer with the connection, and then tries again.</summary>
    public static async Task<T> SendTooMuchAsync<T>(Func<Task<T>> send)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await send();
            }
            catch (HttpRequestException) when (tried < 20)
            {
                // The answer was there and could not be read any more.
            }
        }
    }

    /// <summary>The id of the user with this email.</summary>
    public async Task<string> IdOfAsync(string email) =>
        (await GetAsync("/api/v1/users?email=" + Uri.EscapeDataString(email))).Items.Single()!["id"]!.GetValue<string>();

    public Task<string> AliceAsync() => IdOfAsync("alice@acme.test");

    public Task<string> BobAsync() => IdOfAsync("bob@acme.test");

    public async Task<string> CreateUserAsync(string email, string type = "Member") =>
        (await PostAsync("/api/v1/users", $$"""{"email":"{{email}}","userType":"{{type}}"}""")).Expect(HttpStatusCode.Created).String("id");

    public Task<Reply> MintAsync(string ownerId, string description = "okta", string more = "") =>
        PostAsync("/api/v1/scim-tokens", $$"""{"ownerId":"{{ownerId}}","description":"{{description}}"{{more}}}""");

    /// <summary>A SCIM client with a new token of bob's.</summary>
    public async Task<HttpClient> ScimAsync(string more = "")
    {
        var token = (await MintAsync(await BobAsync(), "idp", more)).Expect(HttpStatusCode.Created);
        return Client(token.String("value"));
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(c => c.Dispose());
        await host.DisposeAsync();
        folder.Dispose();
        if (Options.Store is { } store)
        {
            await (await TestPostgres.Shared).DropSchemaAsync(store);
        }
    }
}

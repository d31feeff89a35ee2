using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Tests;

/// <summary>A backend with a client that speaks SCIM to it, with a token of bob's.</summary>
internal sealed class ScimWorld : IAsyncDisposable
{
    public const string Users = "/scim/v2/Users";
    public const string Groups = "/scim/v2/Groups";
    public const string MediaType = "application/scim+json";
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimWorld(TestBackend backend, HttpClient client) => (Backend, Client) = (backend, client);

    public TestBackend Backend { get; }

    public HttpClient Client { get; }

    public string Root => Backend.Url.GetLeftPart(UriPartial.Authority) + "/scim/v2";

    public static async Task<ScimWorld> StartAsync(StoreKind kind = StoreKind.Memory)
    {
        var backend = await TestBackend.StartAsync(kind);
        return new ScimWorld(backend, await backend.ScimAsync());
    }

    public Task<Reply> GetAsync(string path) => SendAsync("GET", path);

    public Task<Reply> PostAsync(string path, string body) => SendAsync("POST", path, body);

    public Task<Reply> PutAsync(string path, string body) => SendAsync("PUT", path, body);

    public Task<Reply> DeleteAsync(string path) => SendAsync("DELETE", path);

    /// <summary>Sends these operations, without the brackets around them.</summary>
    public Task<Reply> PatchAsync(string path, string operations) => SendAsync(
        "PATCH", path, $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}""");

    public async Task<Reply> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, MediaType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        return new Reply(response.StatusCode, text.Length > 0 ? JsonNode.Parse(text) : null, text, response.Headers, type);
    }

    /// <summary>Creates a user and gives its id.</summary>
    public async Task<string> UserAsync(string userName, string more = "") =>
        (await PostAsync(Users, $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{userName}}"{{more}}}""")).Expect(HttpStatusCode.Created).String("id");

    /// <summary>Creates a group and gives its id.</summary>
    public async Task<string> GroupAsync(string name, params string[] members)
    {
        var list = string.Join(',', members.Select(m => $$"""{"value":"{{m}}"}"""));
        return (await PostAsync(Groups, $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"{{name}}","members":[{{list}}]}"""))
            .Expect(HttpStatusCode.Created).String("id");
    }

    /// <summary>The ids of a group's members, in order.</summary>
    public async Task<IReadOnlyList<string>> MembersAsync(string groupId) =>
        [.. ((await GetAsync($"{Groups}/{groupId}")).Expect(HttpStatusCode.OK).Body!["members"] as JsonArray ?? []).Select(m => m!["value"]!.GetValue<string>())];

    public async Task<JsonNode> ListAsync(string path) => (await GetAsync(path)).Expect(HttpStatusCode.OK).Body!;

    /// <summary>The user names a search finds, in order.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string query) =>
        [.. (await ListAsync(Users + query))["Resources"]!.AsArray().Select(u => u!["userName"]!.GetValue<string>())];

    public static string Filter(string filter) => "?filter=" + Uri.EscapeDataString(filter);

    public static void AssertError(Reply reply, HttpStatusCode status, string? scimType)
    {
        reply.Expect(status);
        Assert.Equal(MediaType, reply.MediaType);
        Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", reply.Body!["schemas"]![0]!.GetValue<string>());
        Assert.Equal(((int)status).ToString(CultureInfo.InvariantCulture), reply.String("status"));
        Assert.Equal(scimType, reply.Body["scimType"]?.GetValue<string>());
        Assert.NotEmpty(reply.String("detail"));
    }

    public static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\ngot      {actual?.ToJsonString()}");

    public ValueTask DisposeAsync() => Backend.DisposeAsync();
}

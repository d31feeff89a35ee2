using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.ThirdParty;

namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>The contract on scimmy-routers, which nobody here wrote. Its filters tell upper from lower case, and its ETags are Express's own.</summary>
public sealed class ScimmyTests : ScimContract
{
    internal static string RepositoryRoot { get; } =
        typeof(ScimmyTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    protected override async Task<IProvider> StartAsync() => new Provider(await ScimmyProcess.StartAsync(RepositoryRoot));

    private sealed class Provider(ScimmyProcess process) : IProvider
    {
        public Uri Url => process.Url;

        public string Token => process.Token;

        public int MoreThanAPage => 205;

        public async Task<string> CreateAsync(string json)
        {
            var body = JsonNode.Parse(json)!.AsObject();
            body["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User");
            body["active"] ??= true;
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/scim+json");
            using var answer = await process.Http.PostAsync("Users", content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonNode.Parse(text)!["id"]!.GetValue<string>();
        }

        public async Task<JsonObject> GetAsync(string id) => JsonNode.Parse(await process.Http.GetStringAsync($"Users/{id}"))!.AsObject();

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}

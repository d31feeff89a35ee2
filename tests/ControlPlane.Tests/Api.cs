using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ScimOperator.ControlPlanes.Tests;

/// <summary>The few requests that these tests make.</summary>
internal static class Api
{
    internal static async Task<JsonNode> CreateAsync(HttpClient client, string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    internal static async Task<HttpStatusCode> StatusOfAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    internal static async Task<string> CreateNamespaceAsync(HttpClient client)
    {
        var name = $"t-{Guid.NewGuid():N}";
        await CreateAsync(client, "/api/v1/namespaces", Named(name));
        return name;
    }

    internal static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };

    internal static JsonObject OwnedBy(string name, JsonNode owner) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "ConfigMap",
                ["name"] = owner["metadata"]!["name"]!.GetValue<string>(),
                ["uid"] = owner["metadata"]!["uid"]!.GetValue<string>(),
            }),
        },
    };
}

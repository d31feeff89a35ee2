using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScimOperator.IdpStandIn;

/// <summary>The requests of RFC 7644 that the stand-in sends, and what it reads from the answers.</summary>
internal static class ScimRequests
{
    private const string MediaType = "application/scim+json";
    private const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string PatchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>The request for an operation, with the token that is current now.</summary>
    internal static HttpRequestMessage For(ScimOperation operation, ProvisioningScript script, ConnectorSecret secret, long number)
    {
        var users = secret.Url.AbsoluteUri.TrimEnd('/') + "/Users";
        var request = operation switch
        {
            ScimOperation.Find => new HttpRequestMessage(HttpMethod.Get, $"{users}?filter={Uri.EscapeDataString($"userName eq \"{script.UserName}\"")}"),
            ScimOperation.Create => new HttpRequestMessage(HttpMethod.Post, users) { Content = Json(NewUser(script.UserName)) },
            ScimOperation.Update => new HttpRequestMessage(HttpMethod.Patch, $"{users}/{script.Id}") { Content = Json(Rename($"Provisioned {number}")) },
            ScimOperation.Delete => new HttpRequestMessage(HttpMethod.Delete, $"{users}/{script.Id}"),
            _ => throw new InvalidOperationException($"There is no request for {operation}."),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret.Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
        return request;
    }

    /// <summary>The id of the user that was found or created; null where none was.</summary>
    internal static async Task<string?> ReadIdAsync(ScimOperation operation, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (operation is not (ScimOperation.Find or ScimOperation.Create))
        {
            return null;
        }

        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        var user = operation == ScimOperation.Create ? answer.RootElement : FirstResource(answer.RootElement);
        return user.ValueKind == JsonValueKind.Object ? user.GetProperty("id").GetString() : null;
    }

    private static JsonElement FirstResource(JsonElement list) =>
        list.TryGetProperty("Resources", out var resources) && resources.GetArrayLength() > 0 ? resources[0] : default;

    private static JsonObject NewUser(string userName) => new()
    {
        ["schemas"] = new JsonArray(UserSchema),
        ["userName"] = userName,
        ["displayName"] = "Provisioned",
        ["active"] = true,
    };

    private static JsonObject Rename(string displayName) => new()
    {
        ["schemas"] = new JsonArray(PatchSchema),
        ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "displayName", ["value"] = displayName }),
    };

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, MediaType);
}

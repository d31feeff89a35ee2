using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.ControlPlanes;

namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>The API server as the administrator sees it, past every proxy.</summary>
internal sealed class Cluster(HttpClient admin)
{
    internal static string Scim(string ns, string plural, string? name = null) => Join("/apis/scim-operator.io/v1alpha1", ns, plural, name);

    internal static string Secret(string ns, string? name = null) => Join("/api/v1", ns, "secrets", name);

    /// <summary>An object; null where there is none.</summary>
    internal async Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken = default)
    {
        using var response = await admin.GetAsync(path, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response, path, cancellationToken);
    }

    internal Task CreateAsync(string path, JsonObject body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, path, body, "application/json", cancellationToken);

    internal Task MergeAsync(string path, JsonObject patch, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Patch, path, patch, "application/merge-patch+json", cancellationToken);

    /// <summary>Deletes an object; one that is gone is fine.</summary>
    internal async Task DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        using var response = await admin.DeleteAsync(path, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            await ReadAsync(response, path, cancellationToken);
        }
    }

    private async Task SendAsync(HttpMethod method, string path, JsonObject body, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, mediaType) };
        using var response = await admin.SendAsync(request, cancellationToken);
        await ReadAsync(response, path, cancellationToken);
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return JsonNode.Parse(text);
        }

        var said = $"{response.RequestMessage!.Method} {path}: {(int)response.StatusCode} {text}";
        // A server that is about to end, or can't reach a webhook, is asked again; what it judged stays judged.
        throw (int)response.StatusCode >= 500 || response.StatusCode == HttpStatusCode.TooManyRequests
            ? new HttpRequestException(said, null, response.StatusCode)
            : new ControlPlaneException(said);
    }

    private static string Join(string root, string ns, string plural, string? name) =>
        $"{root}/namespaces/{ns}/{plural}{(name is null ? "" : "/" + name)}";
}

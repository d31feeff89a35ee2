using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScimOperator.ControlPlanes;

/// <summary>Asks the API server for service account tokens (TokenRequest, authentication.k8s.io/v1).</summary>
internal static class ServiceAccountTokens
{
    /// <exception cref="ControlPlaneException">There is no such service account, or the server refuses.</exception>
    internal static async Task<string> RequestAsync(HttpClient admin, string ns, string name, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["spec"] = new JsonObject { ["expirationSeconds"] = (long)lifetime.TotalSeconds },
        };
        var path = $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/serviceaccounts/{Uri.EscapeDataString(name)}/token";
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await admin.PostAsync(path, content, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Created)
        {
            throw new ControlPlaneException(
                $"No token for ServiceAccount {ns}/{name}: the API server answers {(int)response.StatusCode} {response.ReasonPhrase}. " +
                (response.StatusCode == HttpStatusCode.NotFound ? "Create the ServiceAccount first." : "See the API server's log."));
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return answer.RootElement.GetProperty("status").GetProperty("token").GetString()!;
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.ControlPlanes;

namespace ScimOperator.DevEnvironments;

/// <summary>Finds out whether the API server asks the operator: the CA bundle is there, and a dry run gets through.</summary>
internal sealed class WebhookProbe(ControlPlane plane, ClusterReader reader)
{
    private const string Accounts = "/apis/scim-operator.io/v1alpha1/namespaces/default/accounts?dryRun=All";

    internal async Task<string?> WhyNotAnsweringAsync(CancellationToken cancellationToken)
    {
        foreach (var path in OperatorConfig.WebhookConfigurations)
        {
            if (await WhyNoBundleAsync(path, cancellationToken) is { } why)
            {
                return why;
            }
        }

        using var content = new StringContent(Probe().ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await plane.AdminClient.PostAsync(Accounts, content, cancellationToken);
        // Any judgement will do: it is the operator's. Only when nobody could be asked does the server answer with 5xx.
        return (int)response.StatusCode < (int)HttpStatusCode.InternalServerError
            ? null
            : JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))?["message"]?.GetValue<string>() ?? response.ReasonPhrase;
    }

    private async Task<string?> WhyNoBundleAsync(string path, CancellationToken cancellationToken)
    {
        var webhooks = (await reader.GetAsync(path, cancellationToken))?["webhooks"] as JsonArray ?? [];
        var without = webhooks.Count(webhook => webhook?["clientConfig"]?["caBundle"] is null);
        return webhooks.Count > 0 && without == 0 ? null : $"{path}: {without} of {webhooks.Count} webhooks have no caBundle yet";
    }

    private static JsonObject Probe() => new()
    {
        ["apiVersion"] = "scim-operator.io/v1alpha1",
        ["kind"] = "Account",
        ["metadata"] = new JsonObject { ["name"] = "probe" },
        ["spec"] = new JsonObject
        {
            ["driver"] = "AccountApi",
            ["url"] = "http://127.0.0.1:1",
            ["credentialsSecretRef"] = new JsonObject { ["name"] = "probe", ["key"] = "credential" },
        },
    };
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.ControlPlanes;

namespace ScimOperator.DevEnvironments;

/// <summary>Reads objects as the administrator, for comparing what is declared with what is so.</summary>
public sealed class ClusterReader
{
    private const string Group = "/apis/scim-operator.io/v1alpha1";

    private readonly HttpClient client;

    internal ClusterReader(ControlPlane plane) => client = plane.AdminClient;

    /// <summary>An object by its path; null where there is none.</summary>
    public async Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken = default)
    {
        using var response = await client.GetAsync(path, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>One of our own objects; null where there is none.</summary>
    /// <param name="plural">accounts, accountusers or scimtokens.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JsonNode?> GetAsync(string plural, string ns, string name, CancellationToken cancellationToken = default) =>
        GetAsync($"{Group}/namespaces/{ns}/{plural}/{name}", cancellationToken);

    /// <summary>A key of a Secret, decoded; null where the Secret or the key is missing.</summary>
    public async Task<string?> GetSecretValueAsync(string ns, string name, string key, CancellationToken cancellationToken = default)
    {
        var secret = await GetAsync($"/api/v1/namespaces/{ns}/secrets/{name}", cancellationToken);
        return secret?["data"]?[key]?.GetValue<string>() is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : null;
    }

    /// <summary>The names in the Lease: the replica that reconciles; null where nobody does.</summary>
    public async Task<string?> GetLeaseHolderAsync(CancellationToken cancellationToken = default)
    {
        var lease = await GetAsync($"/apis/coordination.k8s.io/v1/namespaces/{OperatorConfig.Namespace}/leases/{OperatorConfig.Lease}", cancellationToken);
        return lease?["spec"]?["holderIdentity"]?.GetValue<string>() is { Length: > 0 } holder ? holder : null;
    }

    /// <summary>A condition of an object's status; null where it has none of that type.</summary>
    public static JsonNode? Condition(JsonNode? target, string type) =>
        (target?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(condition => condition?["type"]?.GetValue<string>() == type);

    /// <summary>Null where Ready is True for the current generation; else what is said instead.</summary>
    public static string? WhyNotReady(JsonNode? target)
    {
        if (target is null)
        {
            return "it does not exist";
        }

        var ready = Condition(target, "Ready");
        if (ready is null)
        {
            return "it has no condition Ready yet";
        }

        var current = ready["observedGeneration"]?.GetValue<long>() == target["metadata"]!["generation"]!.GetValue<long>();
        return current && ready["status"]!.GetValue<string>() == "True"
            ? null
            : $"Ready is {ready["status"]}{(current ? "" : " for an earlier generation")}, {ready["reason"]}: {ready["message"]}";
    }
}

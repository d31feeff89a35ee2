using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>Writes Secrets whatever their version is: a late write puts an old token back.</summary>
internal sealed class UnconditionalClient(IKubeClient inner) : DelegatingClient(inner)
{
    public override Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken)
    {
        if (type.Plural != "secrets")
        {
            return base.PatchAsync(type, key, patch, subresource, cancellationToken);
        }

        var json = JsonNode.Parse(patch.Body.Span)!.AsObject();
        json["metadata"]!.AsObject().Remove("resourceVersion");
        return base.PatchAsync(type, key, patch with { Body = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(json) }, subresource, cancellationToken);
    }
}

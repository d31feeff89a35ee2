using System.Text.Json.Nodes;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>Overwrites a Secret that is in the way.</summary>
internal sealed class GreedyClient(IKubeClient inner) : DelegatingClient(inner)
{
    public override async Task<T> CreateAsync<T>(ResourceType<T> type, string? ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await base.CreateAsync(type, ns, body, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsAlreadyExists)
        {
            var name = (string)JsonNode.Parse(body.Span)!["metadata"]!["name"]!;
            return await PatchAsync(type, new ObjectKey(ns ?? "", name), new Patch(PatchKind.Merge, body), null, cancellationToken);
        }
    }
}

using System.Text.Json;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Cli.Cluster;

/// <summary>Any object, with its spec exactly as the cluster has it: what this version does not know of is kept.</summary>
internal sealed record RawObject : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>spec.</summary>
    public JsonElement Spec { get; init; }
}

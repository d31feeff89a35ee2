using ScimOperator.ApiMachinery;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>A Secret with its values: read one at a time, used, and let go. Never cached, never printed.</summary>
public sealed class OpaqueSecret : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>type of the Secret.</summary>
    public string? Type { get; init; }

    /// <summary>data: values by key.</summary>
    public IReadOnlyDictionary<string, byte[]?>? Data { get; init; }
}

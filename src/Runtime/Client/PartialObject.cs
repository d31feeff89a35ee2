using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>
/// Any object, read no further than its metadata: for kinds whose content does not matter, and for objects that need not
/// satisfy their schema yet (mutating admission).
/// </summary>
public sealed record PartialObject : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();
}

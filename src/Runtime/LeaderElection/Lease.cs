using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.LeaderElection;

/// <summary>coordination.k8s.io/v1 Lease.</summary>
internal sealed record Lease : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>spec.</summary>
    public LeaseSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>How leases are addressed.</summary>
    public static ResourceType<Lease> Type { get; } = new(
        "coordination.k8s.io", "v1", "Lease", "leases",
        RuntimeJsonContext.Default.Lease, RuntimeJsonContext.Default.ResourceListLease);
}

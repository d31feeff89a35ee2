using ScimOperator.Cli.Cluster;

namespace ScimOperator.Cli.Commands;

/// <summary>What <c>kubectl scim rotate</c> was asked to do.</summary>
/// <param name="Cluster">Which cluster.</param>
/// <param name="Name">The ScimToken.</param>
/// <param name="Wait">Whether to wait until the rotation is over.</param>
/// <param name="Timeout">The longest wait; zero for none.</param>
/// <param name="Format">Output format; null for a line.</param>
internal sealed record RotateRequest(ClusterRequest Cluster, string Name, bool Wait, TimeSpan Timeout, string? Format);

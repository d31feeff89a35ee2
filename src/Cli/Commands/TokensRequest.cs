using ScimOperator.Cli.Cluster;

namespace ScimOperator.Cli.Commands;

/// <summary>What <c>kubectl scim tokens</c> was asked to do.</summary>
/// <param name="Cluster">Which cluster.</param>
/// <param name="Account">The Account; null for all.</param>
/// <param name="AllNamespaces">Whether to list every namespace.</param>
/// <param name="FromCluster">Whether accounts themselves are not to be asked.</param>
/// <param name="Format">Output format.</param>
internal sealed record TokensRequest(ClusterRequest Cluster, string? Account, bool AllNamespaces, bool FromCluster, string Format);

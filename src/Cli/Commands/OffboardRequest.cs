using ScimOperator.Cli.Cluster;
using ScimOperator.Cli.Offboarding;

namespace ScimOperator.Cli.Commands;

/// <summary>What <c>kubectl scim offboard</c> was asked to do.</summary>
/// <param name="Cluster">Which cluster.</param>
/// <param name="User">The AccountUser to be offboarded.</param>
/// <param name="To">The AccountUser who takes over.</param>
/// <param name="Aim">What the user becomes.</param>
/// <param name="Plan">Whether to print manifests and change nothing.</param>
/// <param name="Step">The step to print; null for both.</param>
/// <param name="Wait">Whether to go on to the end.</param>
/// <param name="Timeout">The longest wait; zero for none.</param>
/// <param name="Format">Output format; null for lines.</param>
internal sealed record OffboardRequest(
    ClusterRequest Cluster, string User, string To, OffboardAim Aim, bool Plan, int? Step, bool Wait, TimeSpan Timeout, string? Format);

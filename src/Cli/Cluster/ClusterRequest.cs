namespace ScimOperator.Cli.Cluster;

/// <summary>Which cluster a command is for, as kubectl's own options say it.</summary>
/// <param name="Kubeconfig">A kubeconfig file; null for the KUBECONFIG variable, ~/.kube/config or the Pod's ServiceAccount, in this order.</param>
/// <param name="Context">The context to use; null for the current one.</param>
/// <param name="Namespace">The namespace asked for; null for that of the context.</param>
internal sealed record ClusterRequest(string? Kubeconfig, string? Context, string? Namespace);

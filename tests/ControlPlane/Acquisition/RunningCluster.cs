namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>A cluster that somebody else started.</summary>
/// <param name="Description">What it is, for the line that says which way was taken.</param>
/// <param name="KubeconfigText">A kubeconfig that administers it.</param>
/// <param name="BaseDirectory">The folder that relative file names in the kubeconfig start from.</param>
/// <param name="Container">The container to end with the control plane; null where it is not ours to end.</param>
public sealed record RunningCluster(string Description, string KubeconfigText, string BaseDirectory, IAsyncDisposable? Container = null);

namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>Tries the ways in turn, and prints which one was taken and why the earlier ones were not.</summary>
public sealed class SourceChain
{
    private readonly IReadOnlyList<IControlPlaneSource> sources;

    /// <summary>With the ways in the order in which they are tried.</summary>
    public SourceChain(IReadOnlyList<IControlPlaneSource> sources) => this.sources = sources;

    /// <summary>All ways, the cheapest and most explicit first.</summary>
    public static SourceChain Default { get; } = new(
    [
        new ExistingClusterSource(),
        new KubebuilderAssetsSource(),
        new CacheSource(),
        new EnvtestArchiveSource(),
        new K3sSource(),
        new DebianBuildSource(),
    ]);

    /// <summary>Takes the first way that gives something.</summary>
    /// <exception cref="ControlPlaneException">None does; the message lists every reason.</exception>
    public async Task<SourceResult> AcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var reasons = new List<string>();
        foreach (var source in sources)
        {
            var result = await source.TryAcquireAsync(options, cancellationToken);
            if (result.Reason is null)
            {
                options.Progress.WriteLine($"control plane: {source.Name}: {Describe(result)}");
                return result;
            }

            reasons.Add($"not {source.Name}: {result.Reason}");
            options.Progress.WriteLine($"control plane: {reasons[^1]}");
        }

        throw new ControlPlaneException(
            "No control plane: none of the ways works on this machine. " +
            $"Set {ControlPlaneOptions.AssetsVariable} to a folder with etcd and kube-apiserver, or {ControlPlaneOptions.KubeconfigVariable} to a test cluster's kubeconfig.\n" +
            string.Join('\n', reasons.Select(reason => $"  {reason}")));
    }

    private static string Describe(SourceResult result) => result.Binaries?.Folder ?? result.Cluster!.Description;
}

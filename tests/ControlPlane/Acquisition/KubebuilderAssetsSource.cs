namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>The folder that <see cref="ControlPlaneOptions.AssetsVariable"/> names, as envtest and kubebuilder use it.</summary>
public sealed class KubebuilderAssetsSource : IControlPlaneSource
{
    /// <inheritdoc/>
    public string Name => ControlPlaneOptions.AssetsVariable;

    /// <inheritdoc/>
    public Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.FromResult(Find(options));
    }

    private SourceResult Find(ControlPlaneOptions options)
    {
        if (options.NotEmpty(Name) is not { } folder)
        {
            return SourceResult.Unavailable("not set");
        }

        return ControlPlaneBinaries.Find(folder) is { } binaries
            ? SourceResult.From(binaries)
            : SourceResult.Unavailable($"{folder} lacks an executable etcd or kube-apiserver");
    }
}

namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>What an earlier run downloaded or built: the archive's version first, since it is the newer Kubernetes.</summary>
public sealed class CacheSource : IControlPlaneSource
{
    /// <summary>Written last into every cached folder: without it the folder is not used.</summary>
    internal const string Marker = "VERSION";

    /// <inheritdoc/>
    public string Name => "the cache";

    /// <inheritdoc/>
    public Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var found = Find(Path.Combine(options.CacheDirectory, options.Release.Version))
            ?? Find(Path.Combine(options.CacheDirectory, DebianBuildSource.FolderName));
        return Task.FromResult(found is null ? SourceResult.Unavailable($"nothing in {options.CacheDirectory}") : SourceResult.From(found));
    }

    internal static ControlPlaneBinaries? Find(string folder) =>
        File.Exists(Path.Combine(folder, Marker)) ? ControlPlaneBinaries.Find(folder) : null;
}

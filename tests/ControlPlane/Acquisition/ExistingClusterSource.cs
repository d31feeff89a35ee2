namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>
/// An existing cluster, named by <see cref="ControlPlaneOptions.KubeconfigVariable"/>. Never the ambient KUBECONFIG. What was
/// named and can't be read is an error: running against something else than what the user named would mislead.
/// </summary>
public sealed class ExistingClusterSource : IControlPlaneSource
{
    /// <inheritdoc/>
    public string Name => "an existing cluster";

    /// <inheritdoc/>
    public async Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.NotEmpty(ControlPlaneOptions.KubeconfigVariable) is not { } path)
        {
            return SourceResult.Unavailable($"{ControlPlaneOptions.KubeconfigVariable} is not set");
        }

        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            return SourceResult.From(new RunningCluster(path, text, Path.GetDirectoryName(Path.GetFullPath(path))!));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ControlPlaneException(
                $"{ControlPlaneOptions.KubeconfigVariable} names {path}, which can't be read ({exception.Message}). Name a readable kubeconfig, or unset the variable.",
                exception);
        }
    }
}

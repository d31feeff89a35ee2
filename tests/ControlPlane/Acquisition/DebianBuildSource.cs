using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>
/// Builds the control plane from Debian 12's packages: slow, once, and in need of neither a download site nor an engine. See
/// scripts/build-from-debian.sh, which may also be run by hand.
/// </summary>
public sealed class DebianBuildSource : IControlPlaneSource
{
    /// <summary>The folder in the cache, which must be the script's own default.</summary>
    internal const string FolderName = "debian-1.20.2";

    private readonly string script;

    /// <summary>With the script that lies beside this assembly.</summary>
    public DebianBuildSource()
        : this(Path.Combine(AppContext.BaseDirectory, "scripts", "build-from-debian.sh"))
    {
    }

    internal DebianBuildSource(string script) => this.script = script;

    /// <inheritdoc/>
    public string Name => "built from Debian's packages";

    /// <inheritdoc/>
    public async Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var target = Path.Combine(options.CacheDirectory, FolderName);
        if (!OperatingSystem.IsLinux() || ProgramPath.Find("bash") is null)
        {
            return SourceResult.Unavailable("this is no Debian machine");
        }

        var result = await Command.RunAsync("bash", [script, target], onOutput: options.Progress.WriteLine, cancellationToken: cancellationToken);
        if (!result.Succeeded)
        {
            var reason = result.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? $"exit code {result.ExitCode}";
            return SourceResult.Unavailable(reason);
        }

        return CacheSource.Find(target) is { } binaries
            ? SourceResult.From(binaries)
            : SourceResult.Unavailable($"the build succeeded but left no usable {target}");
    }
}

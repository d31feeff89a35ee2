namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>What one way gave: binaries to start, a cluster that runs, or the reason why neither.</summary>
public sealed record SourceResult
{
    private SourceResult()
    {
    }

    /// <summary>The binaries to start, or null.</summary>
    public ControlPlaneBinaries? Binaries { get; private init; }

    /// <summary>The cluster that runs, or null.</summary>
    public RunningCluster? Cluster { get; private init; }

    /// <summary>Why this way gave nothing, or null.</summary>
    public string? Reason { get; private init; }

    /// <summary>Binaries to start.</summary>
    public static SourceResult From(ControlPlaneBinaries binaries) => new() { Binaries = binaries };

    /// <summary>A cluster that runs.</summary>
    public static SourceResult From(RunningCluster cluster) => new() { Cluster = cluster };

    /// <summary>Nothing, with the reason in one line.</summary>
    public static SourceResult Unavailable(string reason) => new() { Reason = reason };
}

namespace ScimOperator.ControlPlanes.Processes;

/// <summary>What to start and how.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>What it is called in messages, e.g. <c>kube-apiserver</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The program: a path, or a command that PATH finds.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, each passed as it is.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables to set (or, with null, to remove) on top of this process's own environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where it runs; absent means this process's current directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The file that receives standard output and standard error, appended to; made with mode 0600.</summary>
    public required string LogPath { get; init; }

    /// <summary>
    /// False: the child is killed when this process ends, however it ends. True: the child lives on in a session of its
    /// own, and ends only when somebody stops it by its <see cref="ProcessIdentity"/>.
    /// </summary>
    public bool Detached { get; init; }

    /// <summary>The clock that grace periods are measured with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

namespace ScimOperator.Cli.Input;

/// <summary>Bounds on what is read, so that no input costs more than a moment.</summary>
internal sealed record InputLimits
{
    /// <summary>Largest file, in bytes.</summary>
    internal int FileBytes { get; init; } = 8 << 20;

    /// <summary>All files of one side together, in bytes.</summary>
    internal long TotalBytes { get; init; } = 128L << 20;

    /// <summary>Most manifest files of one side.</summary>
    internal int Files { get; init; } = 50_000;

    /// <summary>Deepest nesting of mappings and lists.</summary>
    internal int Depth { get; init; } = 64;

    /// <summary>Most values in one file, those that aliases repeat counted each time.</summary>
    internal int Values { get; init; } = 500_000;

    /// <summary>Most values that the aliases of one document repeat.</summary>
    internal int AliasedValues { get; init; } = 10_000;

    /// <summary>Most folders deep.</summary>
    internal int FolderDepth { get; init; } = 64;
}

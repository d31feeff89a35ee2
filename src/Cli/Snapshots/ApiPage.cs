namespace ScimOperator.Cli.Snapshots;

/// <summary>A page of a list of the admin API.</summary>
internal sealed record ApiPage<T>
{
    /// <summary>items of the page.</summary>
    public IReadOnlyList<T>? Items { get; init; }

    /// <summary>nextCursor: absent on the last page.</summary>
    public string? NextCursor { get; init; }
}

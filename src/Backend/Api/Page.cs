namespace ScimOperator.Backend.Api;

/// <summary>One page of a list.</summary>
internal sealed record Page<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Where the next page begins; absent on the last page.</summary>
    public string? NextCursor { get; init; }
}

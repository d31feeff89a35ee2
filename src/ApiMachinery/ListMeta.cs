namespace ScimOperator.ApiMachinery;

/// <summary>Kubernetes' <c>ListMeta</c>: where to go on.</summary>
public sealed record ListMeta
{
    /// <summary>resourceVersion: the version of the collection; a watch starts here.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>continue: token for the next page; absent on the last one.</summary>
    public string? Continue { get; init; }

    /// <summary>remainingItemCount: an estimate of what is left.</summary>
    public long? RemainingItemCount { get; init; }
}

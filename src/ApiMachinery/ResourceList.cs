namespace ScimOperator.ApiMachinery;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The kind listed.</typeparam>
public sealed record ResourceList<T>
{
    /// <summary>metadata of the page.</summary>
    public ListMeta Metadata { get; init; } = new();

    /// <summary>items of the page.</summary>
    public IReadOnlyList<T> Items { get; init; } = [];
}

using System.Text.Json.Serialization;

namespace ScimOperator.ApiMachinery;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The kind listed.</typeparam>
public sealed record ResourceList<T>
{
    /// <summary>metadata of the page.</summary>
    public ListMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>items of the page.</summary>
    public IReadOnlyList<T> Items { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Objects that exist but could not be read as <typeparamref name="T"/>; not part of the API. Whoever compares the list
    /// with something must not take them for deleted.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<ObjectKey> Skipped { get; init; } = [];
}

using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Caching;

/// <summary>Where a reflector stands: Empty → Listing(continue) → Listed(version) → Watching(version) → Watching … or back to Empty.</summary>
internal abstract record ReflectorState<T>
    where T : class, IKubernetesObject
{
    private ReflectorState()
    {
    }

    /// <summary>Nothing is known, or what is known can't be continued.</summary>
    public sealed record Empty : ReflectorState<T>;

    /// <summary>Some pages of a list were read.</summary>
    /// <param name="Continue">Where to go on.</param>
    /// <param name="Items">What was read so far.</param>
    /// <param name="Skipped">What exists but could not be read.</param>
    /// <param name="Pages">How many pages.</param>
    public sealed record Listing(string Continue, List<T> Items, List<ObjectKey> Skipped, int Pages) : ReflectorState<T>;

    /// <summary>A list is complete.</summary>
    /// <param name="Version">The collection's version.</param>
    /// <param name="Items">All objects that could be read.</param>
    /// <param name="Skipped">What exists but could not be read.</param>
    /// <param name="Pages">How many pages.</param>
    public sealed record Listed(string Version, List<T> Items, List<ObjectKey> Skipped, int Pages) : ReflectorState<T>;

    /// <summary>The store is current as of a version.</summary>
    /// <param name="Version">Where the next watch starts.</param>
    public sealed record Watching(string Version) : ReflectorState<T>;
}

using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Caching;

/// <summary>Reads of an informer's store. Lock-free for readers; the objects are shared: never change one.</summary>
public interface IIndexer<T>
    where T : class, IKubernetesObject
{
    /// <summary>How many objects are stored.</summary>
    int Count { get; }

    /// <summary>One object, or null.</summary>
    T? Get(ObjectKey key);

    /// <summary>All objects, of one namespace when given; in no particular order.</summary>
    IReadOnlyList<T> List(string? ns = null);

    /// <summary>The objects that an index maps to a value. Cost is that of the answer, not of the store.</summary>
    IReadOnlyList<T> ByIndex(string index, string value);
}

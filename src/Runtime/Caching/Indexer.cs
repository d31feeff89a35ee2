using System.Collections.Concurrent;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Caching;

/// <summary>
/// A store of objects with indexes. Any number of readers, none of which takes a lock; writers are serialized by their
/// owner (an <see cref="Informer{T}"/>). Every write costs the number of index values of the object, not the size of the store.
/// </summary>
/// <typeparam name="T">The kind stored.</typeparam>
public sealed class Indexer<T> : IIndexer<T>
    where T : class, IKubernetesObject
{
    private readonly ConcurrentDictionary<ObjectKey, T> objects = new(1, 31);
    private readonly Dictionary<string, IndexBuckets<T>> indexes = new(StringComparer.Ordinal);
    private readonly IndexBuckets<T> byNamespace = new(o => [o.Metadata.Namespace ?? ""]);
    private int count;

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref count);

    /// <inheritdoc/>
    public T? Get(ObjectKey key) => objects.GetValueOrDefault(key);

    /// <inheritdoc/>
    public IReadOnlyList<T> List(string? ns = null)
    {
        if (ns is not null)
        {
            return byNamespace.Get(ns);
        }

        var all = new List<T>(Count);
        foreach (var entry in objects)
        {
            all.Add(entry.Value);
        }

        return all;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such index.</exception>
    public IReadOnlyList<T> ByIndex(string index, string value) =>
        indexes.TryGetValue(index, out var buckets)
            ? buckets.Get(value)
            : throw new ArgumentException($"there is no index \"{index}\": add it before the informer runs", nameof(index));

    /// <summary>Adds an index. Only while the store is empty and nobody reads.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    /// <exception cref="InvalidOperationException">The store is in use.</exception>
    public void AddIndex(string name, Func<T, IEnumerable<string>> values)
    {
        if (Count > 0)
        {
            throw new InvalidOperationException($"index \"{name}\" comes too late: the store is in use");
        }

        indexes.Add(name, new IndexBuckets<T>(values));
    }

    /// <summary>Puts an object in the place of its previous version, which is returned.</summary>
    public T? Put(T obj)
    {
        var key = obj.Key();
        objects.TryGetValue(key, out var before);
        objects[key] = obj;
        if (before is null)
        {
            Interlocked.Increment(ref count);
        }

        Reindex(key, before, obj);
        return before;
    }

    /// <summary>Removes an object, which is returned; null when there was none.</summary>
    public T? Remove(ObjectKey key)
    {
        if (!objects.TryRemove(key, out var before))
        {
            return null;
        }

        Interlocked.Decrement(ref count);
        Reindex(key, before, null);
        return before;
    }

    private void Reindex(ObjectKey key, T? before, T? after)
    {
        byNamespace.Update(key, before, after);
        foreach (var index in indexes.Values)
        {
            index.Update(key, before, after);
        }
    }
}

using System.Collections.Concurrent;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Caching;

/// <summary>
/// One index: value → objects. Written by one thread at a time, read by any without a lock. A bucket is the object itself
/// when there is one (most indexes are nearly unique), a small array that is replaced, or, when it is large, a dictionary:
/// so neither ten thousand tiny buckets nor one of ten thousand objects costs much.
/// </summary>
internal sealed class IndexBuckets<T>(Func<T, IEnumerable<string>> values)
    where T : class, IKubernetesObject
{
    private const int LargestArray = 16;

    private readonly ConcurrentDictionary<string, object> buckets = new(1, 31, StringComparer.Ordinal);

    public IReadOnlyList<T> Get(string value) =>
        !buckets.TryGetValue(value, out var bucket)
            ? []
            : bucket switch
            {
                T one => [one],
                T[] few => few,
                _ => ToList((ConcurrentDictionary<ObjectKey, T>)bucket),
            };

    /// <summary>Moves an object from the values of its old version to those of its new one. It is added first: a reader never misses it.</summary>
    public void Update(ObjectKey key, T? before, T? after)
    {
        var added = after is null ? [] : Values(after);
        foreach (var value in added)
        {
            Put(value, key, after!);
        }

        if (before is null)
        {
            return;
        }

        foreach (var value in Values(before))
        {
            if (!added.Contains(value, StringComparer.Ordinal))
            {
                Remove(value, key);
            }
        }
    }

    private static List<T> ToList(ConcurrentDictionary<ObjectKey, T> many)
    {
        var list = new List<T>();
        foreach (var entry in many)
        {
            list.Add(entry.Value);
        }

        return list;
    }

    private IReadOnlyList<string> Values(T obj) => values(obj) is IReadOnlyList<string> list ? list : [.. values(obj)];

    private void Put(string value, ObjectKey key, T obj)
    {
        buckets.TryGetValue(value, out var bucket);
        switch (bucket)
        {
            case null:
                buckets[value] = obj;
                break;
            case T one:
                buckets[value] = one.Key() == key ? obj : new[] { one, obj };
                break;
            case T[] few:
                buckets[value] = Put(few, key, obj);
                break;
            case ConcurrentDictionary<ObjectKey, T> many:
                many[key] = obj;
                break;
        }
    }

    private static object Put(T[] few, ObjectKey key, T obj)
    {
        var at = Array.FindIndex(few, o => o.Key() == key);
        if (at >= 0)
        {
            var replaced = (T[])few.Clone();
            replaced[at] = obj;
            return replaced;
        }

        if (few.Length < LargestArray)
        {
            return few.Append(obj).ToArray();
        }

        var many = new ConcurrentDictionary<ObjectKey, T>(1, LargestArray * 4);
        foreach (var each in few)
        {
            many[each.Key()] = each;
        }

        many[key] = obj;
        return many;
    }

    private void Remove(string value, ObjectKey key)
    {
        buckets.TryGetValue(value, out var bucket);
        switch (bucket)
        {
            case T one when one.Key() == key:
                buckets.TryRemove(value, out _);
                break;
            case T[] few:
                var left = Array.FindAll(few, o => o.Key() != key);
                buckets[value] = left.Length == 1 ? left[0] : left;
                break;
            case ConcurrentDictionary<ObjectKey, T> many:
                many.TryRemove(key, out _);
                if (many.IsEmpty)
                {
                    buckets.TryRemove(value, out _);
                }

                break;
        }
    }
}

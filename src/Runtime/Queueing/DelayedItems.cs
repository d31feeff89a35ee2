namespace ScimOperator.Runtime.Queueing;

/// <summary>
/// Items that become due, each once, at its earliest deadline. A heap whose outdated entries are dropped when they surface.
/// Callers serialize.
/// </summary>
internal sealed class DelayedItems<TKey>
    where TKey : notnull
{
    private readonly PriorityQueue<TKey, long> heap = new();
    private readonly Dictionary<TKey, long> deadlines = [];

    /// <summary>How many items wait.</summary>
    public int Count => deadlines.Count;

    /// <summary>Adds an item; an earlier deadline of it stands. True when it is now the first of all.</summary>
    public bool Add(TKey key, long due)
    {
        if (deadlines.TryGetValue(key, out var had) && had <= due)
        {
            return false;
        }

        deadlines[key] = due;
        heap.Enqueue(key, due);
        return Next() == due;
    }

    /// <summary>The earliest deadline; null when nothing waits.</summary>
    public long? Next()
    {
        while (heap.TryPeek(out var key, out var due))
        {
            if (deadlines.TryGetValue(key, out var current) && current == due)
            {
                return due;
            }

            heap.Dequeue();
        }

        return null;
    }

    /// <summary>Takes an item that is due.</summary>
    public bool TryTakeDue(long now, out TKey key)
    {
        if (Next() is { } due && due <= now)
        {
            key = heap.Dequeue();
            deadlines.Remove(key);
            return true;
        }

        key = default!;
        return false;
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        heap.Clear();
        deadlines.Clear();
    }
}

namespace ScimOperator.Runtime.Queueing;

/// <summary>
/// Items that become due, each once, at its earliest deadline; those of one deadline in the order they came. A heap whose
/// outdated entries are dropped when they surface. Callers serialize.
/// </summary>
internal sealed class DelayedItems<TKey>
    where TKey : notnull
{
    private readonly PriorityQueue<TKey, (long Due, long Order)> heap = new();
    private readonly Dictionary<TKey, (long Due, long Order)> deadlines = [];
    private long order;

    /// <summary>Adds an item; an earlier deadline of it stands. True when it is now the first of all.</summary>
    public bool Add(TKey key, long due)
    {
        if (deadlines.TryGetValue(key, out var had) && had.Due <= due)
        {
            return false;
        }

        var at = (due, ++order);
        deadlines[key] = at;
        heap.Enqueue(key, at);
        return Next() == due;
    }

    /// <summary>The earliest deadline; null when nothing waits.</summary>
    public long? Next()
    {
        while (heap.TryPeek(out var key, out var at))
        {
            if (deadlines.TryGetValue(key, out var current) && current == at)
            {
                return at.Due;
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

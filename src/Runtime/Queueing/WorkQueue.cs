namespace ScimOperator.Runtime.Queueing;

/// <summary>
/// A queue of keys for level-based work, with client-go's semantics.
/// <para>Guarantees: a key is in the queue at most once; two workers never hold the same key; a key added while a worker
/// holds it is queued again when the worker is done; keys come out in the order they went in. Nothing polls.</para>
/// </summary>
/// <typeparam name="TKey">Names a piece of work.</typeparam>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Queue<TKey> ready = new();
    private readonly Dictionary<TKey, long> dirty = [];
    private readonly Dictionary<TKey, long> processing = [];
    private readonly DelayedItems<TKey> delayed = new();
    private readonly ItemBackoff<TKey> backoff;
    private readonly SemaphoreSlim available = new(0);
    private readonly TimeProvider time;
    private readonly long epoch;
    private readonly ITimer timer;
    private readonly WorkQueueMetrics metrics;
    private bool shutDown;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="name">Name in metrics.</param>
    /// <param name="options">How to back off.</param>
    /// <param name="time">Clock of the delays.</param>
    public WorkQueue(string name, WorkQueueOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        epoch = time.GetTimestamp();
        backoff = new ItemBackoff<TKey>(options.FirstBackoff, options.MaxBackoff, options.Random);
        metrics = new WorkQueueMetrics(name);
        timer = time.CreateTimer(_ => MoveDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many keys wait for a worker; delayed ones and those being worked on not counted.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return ready.Count;
            }
        }
    }

    /// <summary>Adds a key now.</summary>
    public void Add(TKey key)
    {
        lock (gate)
        {
            AddLocked(key);
        }
    }

    /// <summary>Adds a key after a delay. Of several delays of one key the one that ends first counts.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        lock (gate)
        {
            AddAfterLocked(key, delay);
        }
    }

    /// <summary>Adds a key after its back-off, or after <paramref name="atLeast"/> if that is longer. Returns the delay.</summary>
    public TimeSpan AddRateLimited(TKey key, TimeSpan atLeast = default)
    {
        lock (gate)
        {
            var delay = backoff.Next(key);
            delay = delay < atLeast ? atLeast : delay;
            metrics.Retried();
            AddAfterLocked(key, delay);
            return delay;
        }
    }

    /// <summary>Ends a key's back-off: its next failure waits as the first.</summary>
    public void Forget(TKey key)
    {
        lock (gate)
        {
            backoff.Forget(key);
        }
    }

    /// <summary>How often in a row the key was added with back-off.</summary>
    public int Failures(TKey key)
    {
        lock (gate)
        {
            return backoff.Failures(key);
        }
    }

    /// <summary>
    /// Waits for a key; <see cref="Done"/> must follow. False when the queue is shut down and empty.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public async ValueTask<(bool Taken, TKey Key)> TakeAsync(CancellationToken cancellationToken)
    {
        await available.WaitAsync(cancellationToken);
        lock (gate)
        {
            if (!ready.TryDequeue(out var key))
            {
                // Shut down and empty: pass the signal on to the next worker.
                available.Release();
                return (false, default!);
            }

            var now = time.GetTimestamp();
            dirty.Remove(key, out var since);
            processing.Add(key, now);
            metrics.Taken(ready.Count, time.GetElapsedTime(since, now));
            return (true, key);
        }
    }

    /// <summary>The worker is done with the key. If it was added meanwhile, it is queued again.</summary>
    public void Done(TKey key)
    {
        lock (gate)
        {
            if (!processing.Remove(key, out var since))
            {
                return;
            }

            metrics.Worked(time.GetElapsedTime(since));
            if (dirty.ContainsKey(key))
            {
                Ready(key);
            }
        }
    }

    /// <summary>Takes no more keys and forgets delayed ones; workers get what is queued, then false.</summary>
    public void ShutDown()
    {
        lock (gate)
        {
            if (!shutDown)
            {
                shutDown = true;
                delayed.Clear();
                available.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ShutDown();
        timer.Dispose();
    }

    private void AddLocked(TKey key)
    {
        if (shutDown || !dirty.TryAdd(key, time.GetTimestamp()))
        {
            return;
        }

        metrics.Added();
        if (!processing.ContainsKey(key))
        {
            Ready(key);
        }
    }

    private void AddAfterLocked(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            AddLocked(key);
        }
        else if (!shutDown && delayed.Add(key, Now() + delay.Ticks))
        {
            SetTimer();
        }
    }

    private void Ready(TKey key)
    {
        ready.Enqueue(key);
        metrics.Depth(ready.Count);
        available.Release();
    }

    private void MoveDue()
    {
        lock (gate)
        {
            var now = Now();
            while (delayed.TryTakeDue(now, out var key))
            {
                AddLocked(key);
            }

            SetTimer();
        }
    }

    /// <summary>One timer, at the first deadline. Rounded up: a timer that fires early would find nothing due.</summary>
    private void SetTimer()
    {
        if (delayed.Next() is not { } due)
        {
            return;
        }

        // The longest a timer can be set to is 49 days; by then it is set again.
        var milliseconds = Math.Clamp(Math.Ceiling(TimeSpan.FromTicks(due - Now()).TotalMilliseconds), 1, int.MaxValue);
        timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ticks since the queue's epoch, on a monotonic clock.</summary>
    private long Now() => time.GetElapsedTime(epoch).Ticks;
}

using System.Collections.Concurrent;

namespace ScimOperator.Backend.Endpoints;

/// <summary>A token bucket for each caller: a second's worth of requests at once, then the steady rate.</summary>
internal sealed class RateLimiter(int perSecond, TimeProvider time)
{
    // Callers come and go with tokens; what was idle for long is full again and need not be remembered.
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> buckets = [];

    /// <summary>Zero when the request may pass; otherwise how long to wait.</summary>
    public TimeSpan Take(string caller)
    {
        if (buckets.Count > MaxRemembered)
        {
            Forget();
        }

        return buckets.GetOrAdd(caller, _ => new Bucket(perSecond, time.GetTimestamp())).Take(perSecond, time);
    }

    private void Forget()
    {
        foreach (var (caller, bucket) in buckets)
        {
            if (bucket.IsIdle(time))
            {
                buckets.TryRemove(caller, out _);
            }
        }
    }

    private sealed class Bucket(double level, long since)
    {
        private readonly Lock gate = new();
        private double level = level;
        private long since = since;

        public TimeSpan Take(int perSecond, TimeProvider time)
        {
            lock (gate)
            {
                var now = time.GetTimestamp();
                level = Math.Min(perSecond, level + (time.GetElapsedTime(since, now).TotalSeconds * perSecond));
                since = now;
                if (level < 1)
                {
                    return TimeSpan.FromSeconds((1 - level) / perSecond);
                }

                level--;
                return TimeSpan.Zero;
            }
        }

        public bool IsIdle(TimeProvider time)
        {
            lock (gate)
            {
                return time.GetElapsedTime(since) > TimeSpan.FromSeconds(2);
            }
        }
    }
}

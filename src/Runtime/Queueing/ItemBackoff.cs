namespace ScimOperator.Runtime.Queueing;

/// <summary>Per-item exponential back-off: base·2^n, at most the cap, up to a fifth less by jitter. Callers serialize.</summary>
/// <param name="first">The first wait.</param>
/// <param name="cap">The longest wait.</param>
/// <param name="random">Source of the jitter.</param>
internal sealed class ItemBackoff<TKey>(TimeSpan first, TimeSpan cap, Random random)
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> failures = [];

    /// <summary>Counts a failure and returns the wait it costs.</summary>
    public TimeSpan Next(TKey key)
    {
        var n = failures.GetValueOrDefault(key);
        failures[key] = n + 1;
        var whole = Math.Min(cap.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(n, 62)));
        return TimeSpan.FromMilliseconds(whole * (0.8 + (random.NextDouble() * 0.2)));
    }

    /// <summary>How often in a row the item failed.</summary>
    public int Failures(TKey key) => failures.GetValueOrDefault(key);

    /// <summary>After a success.</summary>
    public void Forget(TKey key) => failures.Remove(key);
}

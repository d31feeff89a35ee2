namespace ScimOperator.Runtime.Caching;

/// <summary>Exponential waits with jitter: a fleet that lost its API server does not come back in step.</summary>
/// <param name="min">First wait.</param>
/// <param name="max">Longest wait.</param>
/// <param name="random">Source of the jitter.</param>
internal sealed class Backoff(TimeSpan min, TimeSpan max, Random random)
{
    private int failures;

    /// <summary>The next wait: between half of min·2^n and the whole, at most max.</summary>
    public TimeSpan Next()
    {
        var whole = Math.Min(max.TotalMilliseconds, min.TotalMilliseconds * Math.Pow(2, failures));
        failures = Math.Min(failures + 1, 30);
        return TimeSpan.FromMilliseconds(whole * (0.5 + (random.NextDouble() * 0.5)));
    }

    /// <summary>After a success.</summary>
    public void Reset() => failures = 0;
}

namespace ScimOperator.Runtime.Events;

/// <summary>Lets a burst through, then a steady rate. For one thread.</summary>
internal sealed class TokenBucket(int burst, double perSecond, TimeProvider time)
{
    private double tokens = burst;
    private long filled = time.GetTimestamp();

    /// <summary>Takes one token; false when there is none.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        tokens = Math.Min(burst, tokens + (time.GetElapsedTime(filled, now).TotalSeconds * perSecond));
        filled = now;
        if (tokens < 1)
        {
            return false;
        }

        tokens--;
        return true;
    }
}

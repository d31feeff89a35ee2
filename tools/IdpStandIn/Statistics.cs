namespace ScimOperator.IdpStandIn;

/// <summary>Counts what happened; safe to use from several tasks.</summary>
internal sealed class Statistics(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<string> tokenIds = [];
    private StatisticsSnapshot counts = new();

    /// <summary>What was counted so far.</summary>
    internal StatisticsSnapshot Snapshot()
    {
        lock (gate)
        {
            return counts with { TokenIdsUsed = [.. tokenIds] };
        }
    }

    /// <summary>A request was answered, however.</summary>
    internal void Requested(string tokenId)
    {
        lock (gate)
        {
            counts = counts with { Requests = counts.Requests + 1 };
            if (tokenIds.Count == 0 || tokenIds[^1] != tokenId)
            {
                tokenIds.Add(tokenId);
            }
        }
    }

    /// <summary>The token was not accepted: 401 or 403.</summary>
    internal void Refused(string what) => Change(c => c with { Refusals = c.Refusals + 1, LastError = what, LastErrorAt = time.GetUtcNow() });

    /// <summary>Any other answer that is no success.</summary>
    internal void Failed(string what) => Change(c => c with { Errors = c.Errors + 1, LastError = what, LastErrorAt = time.GetUtcNow() });

    /// <summary>No answer.</summary>
    internal void NotConnected(string what) =>
        Change(c => c with { ConnectionFailures = c.ConnectionFailures + 1, LastError = what, LastErrorAt = time.GetUtcNow() });

    /// <summary>The Secret was read.</summary>
    internal void SecretRead() => Change(c => c with { SecretReads = c.SecretReads + 1 });

    /// <summary>The Secret could not be read.</summary>
    internal void SecretNotRead(string what) =>
        Change(c => c with { SecretReadFailures = c.SecretReadFailures + 1, LastError = what, LastErrorAt = time.GetUtcNow() });

    private void Change(Func<StatisticsSnapshot, StatisticsSnapshot> change)
    {
        lock (gate)
        {
            counts = change(counts);
        }
    }
}

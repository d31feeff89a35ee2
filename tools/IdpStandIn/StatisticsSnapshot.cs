namespace ScimOperator.IdpStandIn;

/// <summary>What the stand-in writes into its file: counts since it started, and never a token.</summary>
public sealed record StatisticsSnapshot
{
    /// <summary>SCIM requests that were answered.</summary>
    public long Requests { get; init; }

    /// <summary>Of these, answered with 401 or 403: the token was not accepted.</summary>
    public long Refusals { get; init; }

    /// <summary>Of these, answered with another error.</summary>
    public long Errors { get; init; }

    /// <summary>SCIM requests that were not answered at all.</summary>
    public long ConnectionFailures { get; init; }

    /// <summary>How often the Secret was read.</summary>
    public long SecretReads { get; init; }

    /// <summary>How often the Secret could not be read.</summary>
    public long SecretReadFailures { get; init; }

    /// <summary>The ids of the tokens that were sent, in the order in which they came into use.</summary>
    public IReadOnlyList<string> TokenIdsUsed { get; init; } = [];

    /// <summary>The latest failure of any sort; null where there was none.</summary>
    public string? LastError { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }
}

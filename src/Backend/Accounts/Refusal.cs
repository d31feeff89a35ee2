namespace ScimOperator.Backend.Accounts;

/// <summary>Why a request was not carried out, as both doors report it. Nothing has changed when one is reported.</summary>
/// <param name="Code">Machine-readable code, one of <see cref="RefusalCodes"/>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The same for every occurrence of the code (RFC 9457, section 3.1.3).</param>
/// <param name="Detail">What happened, to which object, and what to do next.</param>
internal sealed record Refusal(string Code, int Status, string Title, string Detail)
{
    /// <summary>The tokens that are in the way (admin_holds_scim_token).</summary>
    public IReadOnlyList<TokenRecord>? Tokens { get; init; }

    /// <summary>How many tokens are in the way beside the ones listed; null when all are.</summary>
    public int? MoreTokens { get; init; }

    /// <summary>Id of the object that already has the unique value (reference_conflict, email_conflict).</summary>
    public string? ExistingId { get; init; }

    /// <summary>Owner of the existing token (reference_conflict).</summary>
    public string? ExistingOwnerId { get; init; }

    public int? MaxTokens { get; init; }

    public long? CurrentVersion { get; init; }

    /// <summary>The request's field at fault (invalid_request).</summary>
    public string? Field { get; init; }

    /// <summary>How long to wait before trying again (rate_limited, unavailable).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The SCIM error keyword (RFC 7644, section 3.12) when the SCIM door reports it.</summary>
    public string? ScimType { get; init; }

    public RefusedException AsException() => new(this);
}

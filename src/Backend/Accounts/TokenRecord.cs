namespace ScimOperator.Backend.Accounts;

/// <summary>One SCIM token as stored: everything but its value, of which only the SHA-256 is kept.</summary>
internal sealed record TokenRecord(
    long Seq,
    string Id,
    string OwnerId,
    string Description,
    string? Reference,
    string LastFour,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt)
{
    /// <summary>A stored token is live until it expires; deleting one removes its row.</summary>
    public bool IsLive(DateTimeOffset now) => ExpiresAt is not { } expiry || expiry > now;
}

namespace ScimOperator.Drivers;

/// <summary>A SCIM token as the account lists it. Never its value.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="OwnerId">Id of the admin it was issued to.</param>
/// <param name="Description">Description.</param>
/// <param name="Reference">What its creator called it, unique among live tokens.</param>
/// <param name="LastFour">Last four characters of the value.</param>
/// <param name="CreatedAt">When it was generated.</param>
/// <param name="ExpiresAt">When it stops working by itself.</param>
/// <param name="LastUsedAt">When it was last used.</param>
public sealed record BackendToken(
    string Id,
    string OwnerId,
    string? Description,
    string? Reference,
    string? LastFour,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt)
{
    /// <summary>Whether it has not expired.</summary>
    public bool IsLive(DateTimeOffset now) => ExpiresAt is not { } end || end > now;
}

namespace ScimOperator.Backend.Accounts;

/// <summary>What a presented token leads to: the token and the state of its owner, read together.</summary>
internal sealed record TokenHolder(string TokenId, string OwnerId, DateTimeOffset? ExpiresAt, UserType OwnerType, bool OwnerActive)
{
    /// <summary>A token is accepted while it is not expired and its owner is an active admin.</summary>
    public bool Accepted(DateTimeOffset now) =>
        OwnerActive && OwnerType == UserType.Admin && (ExpiresAt is not { } expiry || expiry > now);
}

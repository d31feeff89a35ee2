namespace ScimOperator.Backend.Accounts;

/// <summary>What a presented token leads to: the token, the state of its owner and the account's plan, read together.</summary>
internal sealed record TokenHolder(string TokenId, string OwnerId, DateTimeOffset? ExpiresAt, UserType OwnerType, bool OwnerActive, Plan Plan)
{
    /// <summary>A token is accepted while it is not expired and its owner is an active admin.</summary>
    public bool Accepted(DateTimeOffset now) =>
        OwnerActive && OwnerType == UserType.Admin && (ExpiresAt is not { } expiry || expiry > now);
}

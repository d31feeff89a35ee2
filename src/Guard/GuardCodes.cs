namespace ScimOperator.Guard;

/// <summary>Why the guard refuses; the same words as the account's own error codes where there is one.</summary>
public static class GuardCodes
{
    /// <summary>The admin holds SCIM tokens.</summary>
    public const string AdminHoldsScimToken = "admin_holds_scim_token";

    /// <summary>The account would be left without an active admin.</summary>
    public const string LastAdmin = "last_admin";

    /// <summary>The Account's own credential belongs to the admin.</summary>
    public const string CredentialAdmin = "credential_admin";

    /// <summary>The token's owner is not an active admin of the account.</summary>
    public const string OwnerNotActiveAdmin = "owner_not_active_admin";

    /// <summary>Another AccountUser claims the same email.</summary>
    public const string EmailClaimed = "email_claimed";

    /// <summary>The Account is in use.</summary>
    public const string AccountInUse = "account_in_use";

    /// <summary>The account could not be asked.</summary>
    public const string NotKnown = "not_known";
}

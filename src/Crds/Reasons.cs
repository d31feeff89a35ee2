namespace ScimOperator.Crds;

/// <summary>Reasons of conditions and events.</summary>
public static class Reasons
{
    /// <summary>Account: users and tokens were read.</summary>
    public const string Synced = "Synced";

    /// <summary>Account: the credentials Secret or its key does not exist, or is empty.</summary>
    public const string CredentialsNotFound = "CredentialsNotFound";

    /// <summary>Account: the account refused the credential.</summary>
    public const string Unauthorized = "Unauthorized";

    /// <summary>Account: the account's plan has no SCIM.</summary>
    public const string PlanRequired = "PlanRequired";

    /// <summary>Account: no TLS connection that can be trusted.</summary>
    public const string TlsError = "TlsError";

    /// <summary>Account: the account does not answer, or answers with server errors.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>Account: the account asks to be called less often.</summary>
    public const string RateLimited = "RateLimited";

    /// <summary>Account: the answer is not what the account's API promises.</summary>
    public const string InvalidAnswer = "InvalidAnswer";

    /// <summary>ScimToken: the account's driver has no API for tokens; one can only be observed.</summary>
    public const string UnsupportedDriver = "UnsupportedDriver";

    /// <summary>Account: the spec can't be used.</summary>
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>Account: still referred to.</summary>
    public const string InUse = "InUse";

    /// <summary>The Account named by accountRef does not exist.</summary>
    public const string AccountNotFound = "AccountNotFound";

    /// <summary>The Account named by accountRef is not Ready.</summary>
    public const string AccountNotReady = "AccountNotReady";

    /// <summary>The account's manager policy is Observe and something differs.</summary>
    public const string ObserveOnly = "ObserveOnly";

    /// <summary>AccountUser: the user is as declared.</summary>
    public const string UpToDate = "UpToDate";

    /// <summary>AccountUser: the change would end an active admin who holds tokens.</summary>
    public const string AdminHoldsScimToken = "AdminHoldsScimToken";

    /// <summary>AccountUser: the last active admin of the account.</summary>
    public const string LastAdmin = "LastAdmin";

    /// <summary>AccountUser: the admin behind the Account's own credential.</summary>
    public const string CredentialAdmin = "CredentialAdmin";

    /// <summary>AccountUser: whether the change would break provisioning could not be found out.</summary>
    public const string GuardUnknown = "GuardUnknown";

    /// <summary>AccountUser: another AccountUser, which was there first, declares the same email.</summary>
    public const string EmailClaimed = "EmailClaimed";

    /// <summary>The account refused the change.</summary>
    public const string Refused = "Refused";

    /// <summary>ScimToken: the token is published and issued to the declared owner.</summary>
    public const string Issued = "Issued";

    /// <summary>ScimToken: the AccountUser named by ownerRef does not exist.</summary>
    public const string OwnerNotFound = "OwnerNotFound";

    /// <summary>ScimToken: the owner does not exist at the account yet.</summary>
    public const string OwnerNotReady = "OwnerNotReady";

    /// <summary>ScimToken: the owner is not an active admin of the account.</summary>
    public const string OwnerNotActiveAdmin = "OwnerNotActiveAdmin";

    /// <summary>ScimToken: a Secret of that name exists and is not the operator's.</summary>
    public const string SecretNotOurs = "SecretNotOurs";

    /// <summary>ScimToken: the token in the Secret that is observed works, as far as can be found out.</summary>
    public const string Observed = "Observed";

    /// <summary>ScimToken: the Secret that is observed, or its key, does not exist.</summary>
    public const string SecretNotFound = "SecretNotFound";

    /// <summary>ScimToken: the account does not accept the token in the Secret that is observed.</summary>
    public const string TokenRefused = "TokenRefused";

    /// <summary>ScimToken: the token in the Secret that is observed was issued to somebody else than ownerRef names.</summary>
    public const string OwnerDiffers = "OwnerDiffers";

    /// <summary>ScimToken: the account allows no further token.</summary>
    public const string TokenLimitReached = "TokenLimitReached";

    /// <summary>ScimToken: the new token has not been seen used yet.</summary>
    public const string WaitingForUse = "WaitingForUse";

    /// <summary>ScimToken: the overlap is not over.</summary>
    public const string WaitingForOverlap = "WaitingForOverlap";

    /// <summary>ScimToken: the token is being moved to another owner; the old owner still holds the old one.</summary>
    public const string Rehoming = "Rehoming";

    /// <summary>ScimToken: the token is being replaced.</summary>
    public const string Rotating = "Rotating";

    /// <summary>The paused annotation or spec.suspend stops the controller.</summary>
    public const string Suspended = "Suspended";

    /// <summary>The API server or the account failed in an unexpected way; it will be tried again.</summary>
    public const string Failed = "Failed";

    /// <summary>Event: a user was created at the account.</summary>
    public const string UserCreated = "UserCreated";

    /// <summary>Event: a user was changed at the account.</summary>
    public const string UserUpdated = "UserUpdated";

    /// <summary>Event: a user was deactivated or deleted because its AccountUser was deleted.</summary>
    public const string UserRemoved = "UserRemoved";

    /// <summary>Event: a token was generated and published.</summary>
    public const string TokenPublished = "TokenPublished";

    /// <summary>Event: a replaced token was deleted.</summary>
    public const string TokenRetired = "TokenRetired";

    /// <summary>Event: a new token is published, and the one before it is kept until the cut-over.</summary>
    public const string CutoverStarted = "CutoverStarted";

    /// <summary>Event: nothing holds the replaced token back any more.</summary>
    public const string CutoverFinished = "CutoverFinished";

    /// <summary>Event: a token whose value nobody knows was deleted.</summary>
    public const string OrphanRevoked = "OrphanRevoked";

    /// <summary>Event: a token was deleted because its ScimToken was deleted.</summary>
    public const string TokenRevoked = "TokenRevoked";
}

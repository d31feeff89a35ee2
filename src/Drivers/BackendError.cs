namespace ScimOperator.Drivers;

/// <summary>Kinds of failure of an account, by what can be done about them.</summary>
public enum BackendError
{
    /// <summary>No connection, no answer in time, or a server error: may pass by itself. A write may have been carried out.</summary>
    Unreachable,

    /// <summary>No TLS connection that can be trusted.</summary>
    Tls,

    /// <summary>The credential was refused.</summary>
    Unauthorized,

    /// <summary>The plan has no SCIM.</summary>
    PlanRequired,

    /// <summary>Called too often.</summary>
    RateLimited,

    /// <summary>The answer is not what the API promises.</summary>
    InvalidAnswer,

    /// <summary>No such object.</summary>
    NotFound,

    /// <summary>The user holds live SCIM tokens.</summary>
    AdminHoldsToken,

    /// <summary>The user is the last active admin.</summary>
    LastAdmin,

    /// <summary>The owner of a new token is not an active admin.</summary>
    OwnerNotActiveAdmin,

    /// <summary>No further token is allowed.</summary>
    TokenLimit,

    /// <summary>A live token with that reference exists.</summary>
    ReferenceConflict,

    /// <summary>A user with that email exists.</summary>
    EmailConflict,

    /// <summary>The object changed meanwhile.</summary>
    VersionConflict,

    /// <summary>The account has no API for that.</summary>
    Unsupported,

    /// <summary>Refused for another reason.</summary>
    Refused,
}

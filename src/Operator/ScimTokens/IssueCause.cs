namespace ScimOperator.Operator.ScimTokens;

/// <summary>Why a new token is generated.</summary>
public enum IssueCause
{
    /// <summary>There has been none.</summary>
    FirstIssue,

    /// <summary>The Secret is gone.</summary>
    SecretLost,

    /// <summary>The Secret's content was altered, and its value is not known to be good.</summary>
    SecretAltered,

    /// <summary>The token in the Secret does not exist at the account any more, or has expired.</summary>
    TokenGone,

    /// <summary>Another owner is declared.</summary>
    OwnerChanged,

    /// <summary>The token expires soon.</summary>
    ExpiryNear,

    /// <summary>rotation.every has passed.</summary>
    RotationDue,

    /// <summary>The annotation asks for it.</summary>
    RotationRequested,
}

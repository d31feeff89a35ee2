namespace ScimOperator.Guard;

/// <summary>The three answers of the guard.</summary>
public enum GuardOutcome
{
    /// <summary>Nothing breaks.</summary>
    Allow,

    /// <summary>Provisioning would break.</summary>
    Deny,

    /// <summary>It can't be known whether provisioning would break; doors that can't wait treat it as Deny.</summary>
    Unknown,
}

namespace ScimOperator.Operator.ScimTokens;

/// <summary>What the deletion of replaced tokens waits for.</summary>
public enum CutoverWait
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The new token has not been seen used.</summary>
    Use,

    /// <summary>The overlap is not over.</summary>
    Overlap,

    /// <summary>The new token's owner is not an active admin, so it does not work: the old one may be what provisioning lives on.</summary>
    Owner,
}

namespace ScimOperator.Crds;

/// <summary>Types of conditions. Ready sums up; the others are present only while they apply.</summary>
public static class ConditionTypes
{
    /// <summary>The declared state is reached.</summary>
    public const string Ready = "Ready";

    /// <summary>Work towards the declared state goes on (kstatus).</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>The declared state can't be reached unless something changes (kstatus).</summary>
    public const string Stalled = "Stalled";

    /// <summary>An old token is kept until the new one has been seen used and the overlap is over.</summary>
    public const string CutoverPending = "CutoverPending";

    /// <summary>Deletion was asked for and can't be completed yet.</summary>
    public const string DeletionBlocked = "DeletionBlocked";

    /// <summary>The account has tokens that no ScimToken declares.</summary>
    public const string UnmanagedTokens = "UnmanagedTokens";
}

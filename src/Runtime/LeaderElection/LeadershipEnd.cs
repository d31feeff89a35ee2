namespace ScimOperator.Runtime.LeaderElection;

/// <summary>How an election ended for this replica.</summary>
public enum LeadershipEnd
{
    /// <summary>It was told to stop, and holds no lease.</summary>
    Stopped,

    /// <summary>The lease was lost while leading: the process must end, another may lead already.</summary>
    LeadershipLost,
}

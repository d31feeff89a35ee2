namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>What goes wrong in a storm.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL to the replica that holds the Lease.</summary>
    KillLeader,

    /// <summary>SIGKILL to any replica.</summary>
    KillReplica,

    /// <summary>SIGSTOP to the leader for longer than its Lease lasts, then SIGCONT: two believe that they lead.</summary>
    FreezeLeader,

    /// <summary>SIGKILL to the account's backend, which is started again.</summary>
    KillBackend,

    /// <summary>SIGKILL to kube-apiserver, which is started again.</summary>
    KillApiServer,

    /// <summary>All connections between the operator and the API server are cut.</summary>
    CutCluster,

    /// <summary>All connections between the operator and the account are cut.</summary>
    CutAccount,

    /// <summary>For a while, requests to the API server are late, lost, or done with the answer lost.</summary>
    RoughCluster,

    /// <summary>For a while, requests to the account are late, lost, or done with the answer lost.</summary>
    RoughAccount,
}

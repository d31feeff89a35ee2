namespace ScimOperator.Dev.Demo;

/// <summary>What is killed in the middle of step 5.</summary>
internal enum KillTarget
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The replica that reconciles: the other one has to take over.</summary>
    Leader,

    /// <summary>kube-apiserver, which is started again at once.</summary>
    ApiServer,

    /// <summary>The account, which is started again at once.</summary>
    Backend,
}

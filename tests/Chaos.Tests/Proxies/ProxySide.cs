namespace ScimOperator.Chaos.Tests.Proxies;

/// <summary>What a proxy stands before.</summary>
internal enum ProxySide
{
    /// <summary>The Kubernetes API server.</summary>
    Cluster,

    /// <summary>The account's admin API.</summary>
    Account,
}

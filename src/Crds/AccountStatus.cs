using ScimOperator.ApiMachinery;
using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>What was last observed of the account.</summary>
public sealed record AccountStatus
{
    /// <summary>observedGeneration: the generation of the spec that this status describes.</summary>
    [Range(0, long.MaxValue)]
    public long? ObservedGeneration { get; init; }

    /// <summary>accountId: the account's own id for itself.</summary>
    [Length(0, 256)]
    public string? AccountId { get; init; }

    /// <summary>plan: the account's plan. SCIM needs Enterprise.</summary>
    [Length(0, 64)]
    public string? Plan { get; init; }

    /// <summary>scimUrl: the SCIM endpoint in use.</summary>
    [Length(0, 2048)]
    public string? ScimUrl { get; init; }

    /// <summary>capabilities: what the account can do.</summary>
    public AccountCapabilities? Capabilities { get; init; }

    /// <summary>users: how many users the account has.</summary>
    [Range(0, int.MaxValue)]
    public int? Users { get; init; }

    /// <summary>tokens: how many live SCIM tokens the account has.</summary>
    [Range(0, int.MaxValue)]
    public int? Tokens { get; init; }

    /// <summary>unmanagedTokens: how many of those no ScimToken declares.</summary>
    [Range(0, int.MaxValue)]
    public int? UnmanagedTokens { get; init; }

    /// <summary>lastSyncTime: when users and tokens were last read in full.</summary>
    public DateTimeOffset? LastSyncTime { get; init; }

    /// <summary>lastHandledReconcileAt: the value of the reconcile-requested-at annotation last acted on.</summary>
    [Length(0, 256)]
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>conditions: Ready sums up; see the reference for the others.</summary>
    [ListMapKey("type"), Length(0, 16)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}

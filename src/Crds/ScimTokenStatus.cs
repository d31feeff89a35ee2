using ScimOperator.ApiMachinery;
using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>What was last observed of the token.</summary>
public sealed record ScimTokenStatus
{
    /// <summary>observedGeneration: the generation of the spec that this status describes.</summary>
    [Range(0, long.MaxValue)]
    public long? ObservedGeneration { get; init; }

    /// <summary>tokens: the tokens at the account that this object manages; two while a rotation is under way.</summary>
    [Length(0, 16)]
    public IReadOnlyList<TokenStatus>? Tokens { get; init; }

    /// <summary>secretRef: the Secret the token is published in.</summary>
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>expiresAt: when the published token stops working by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>renewalTime: when the published token will be replaced.</summary>
    public DateTimeOffset? RenewalTime { get; init; }

    /// <summary>lastHandledReconcileAt: the value of the reconcile-requested-at annotation last acted on.</summary>
    [Length(0, 256)]
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>lastHandledRotateAt: the value of the rotate-requested-at annotation last acted on.</summary>
    [Length(0, 256)]
    public string? LastHandledRotateAt { get; init; }

    /// <summary>conditions: Ready sums up; CutoverPending, Reconciling and Stalled when they apply.</summary>
    [ListMapKey("type"), Length(0, 16)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}

using ScimOperator.ApiMachinery;
using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>What was last observed of the user.</summary>
public sealed record AccountUserStatus
{
    /// <summary>observedGeneration: the generation of the spec that this status describes.</summary>
    [Range(0, long.MaxValue)]
    public long? ObservedGeneration { get; init; }

    /// <summary>userId: the account's id for the user.</summary>
    [Length(0, 256)]
    public string? UserId { get; init; }

    /// <summary>userType: as observed at the account.</summary>
    public UserType? UserType { get; init; }

    /// <summary>active: as observed at the account.</summary>
    public bool? Active { get; init; }

    /// <summary>heldTokenCount: how many live SCIM tokens are issued to the user.</summary>
    [Range(0, int.MaxValue)]
    public int? HeldTokenCount { get; init; }

    /// <summary>heldTokens: the live SCIM tokens issued to the user, oldest first; the first 50 when there are more.</summary>
    [Length(0, 50)]
    public IReadOnlyList<HeldToken>? HeldTokens { get; init; }

    /// <summary>inventoryTime: when heldTokens last changed.</summary>
    public DateTimeOffset? InventoryTime { get; init; }

    /// <summary>lastHandledReconcileAt: the value of the reconcile-requested-at annotation last acted on.</summary>
    [Length(0, 256)]
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>conditions: Ready sums up; DeletionBlocked, Reconciling and Stalled when they apply.</summary>
    [ListMapKey("type"), Length(0, 16)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}

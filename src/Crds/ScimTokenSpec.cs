using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>One identity provider connection's SCIM token.</summary>
[CelRule(
    "!has(self.expiresAfter) || !has(self.rotation) || !has(self.rotation.renewBefore) || duration(self.rotation.renewBefore) < duration(self.expiresAfter)",
    "rotation.renewBefore must be shorter than expiresAfter, else every new token would be replaced at once")]
[CelRule(
    "!has(self.managementPolicy) || self.managementPolicy != 'Observe' || !(has(self.rotation) || has(self.expiresAfter))",
    "with managementPolicy Observe nothing is generated or replaced: leave out rotation and expiresAfter")]
public sealed record ScimTokenSpec
{
    /// <summary>accountRef: the Account the token is for, in the same namespace. Immutable.</summary>
    [RequiredField]
    [CelRule("self == oldSelf", "accountRef is immutable: create another ScimToken for the other account")]
    public LocalObjectReference AccountRef { get; init => field = value ?? new(); } = new();

    /// <summary>ownerRef: the AccountUser the token is issued to: an active admin of the account. Changing it moves the token: a new one is generated, published and seen in use before the old one is deleted.</summary>
    [RequiredField]
    public LocalObjectReference OwnerRef { get; init => field = value ?? new(); } = new();

    /// <summary>description: shown in the account's list of tokens. Default: the ScimToken's name.</summary>
    [Length(1, 256)]
    public string? Description { get; init; }

    /// <summary>managementPolicy: Manage generates the token, publishes, replaces and deletes it. Observe leaves an existing Secret and its token as they are: the token counts as held by ownerRef, and Ready says whether it works. For accounts without an API for tokens, and for tokens that somebody else manages. Default: Manage.</summary>
    public ManagementPolicy? ManagementPolicy { get; init; }

    /// <summary>secret: where the token is published; with managementPolicy Observe, where it is.</summary>
    [RequiredField]
    public TokenSecret Secret { get; init => field = value ?? new(); } = new();

    /// <summary>expiresAfter: how long a generated token lives, as a duration such as 2160h. Default: it does not expire.</summary>
    [Length(2, 32), Pattern(Patterns.GoDuration)]
    [CelRule("duration(self) > duration('0s')", "expiresAfter must be longer than 0s: leave it out for a token that does not expire")]
    public string? ExpiresAfter { get; init; }

    /// <summary>rotation: when and how the token is replaced.</summary>
    public TokenRotation? Rotation { get; init; }

    /// <summary>deletionPolicy: what happens to the token at the account when this object is deleted: Revoke or Retain. Default: Revoke.</summary>
    public TokenDeletionPolicy? DeletionPolicy { get; init; }

    /// <summary>suspend: true stops the controller from generating or deleting tokens for this object. Default: false.</summary>
    public bool? Suspend { get; init; }
}

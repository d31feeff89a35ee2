using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>A live SCIM token issued to a user. Never its value.</summary>
public sealed record HeldToken
{
    /// <summary>id of the token at the account; secret:NAME when all that is known of it is the Secret it is in.</summary>
    [RequiredField, Length(1, 256)]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>description of the token at the account.</summary>
    [Length(0, 1024)]
    public string? Description { get; init; }

    /// <summary>scimToken: name of the ScimToken that manages it; absent when it was made outside the cluster.</summary>
    [Length(0, 253)]
    public string? ScimToken { get; init; }

    /// <summary>secret: name of the Secret it is published in.</summary>
    [Length(0, 253)]
    public string? Secret { get; init; }

    /// <summary>lastUsedAt: when the account last saw it used, to the hour.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

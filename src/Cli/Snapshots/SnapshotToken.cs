using ScimOperator.Drivers;

namespace ScimOperator.Cli.Snapshots;

/// <summary>A token of the account. Never its value.</summary>
internal sealed record SnapshotToken
{
    /// <summary>id at the account.</summary>
    public required string Id { get; init; }

    /// <summary>ownerId: the user it was issued to.</summary>
    public required string OwnerId { get; init; }

    /// <summary>description.</summary>
    public string? Description { get; init; }

    /// <summary>reference: what its creator called it.</summary>
    public string? Reference { get; init; }

    /// <summary>lastUsedAt.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>expiresAt: absent when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it has not expired.</summary>
    internal bool IsLive(DateTimeOffset now) => ExpiresAt is not { } end || end > now;

    internal static SnapshotToken From(BackendToken token) => new()
    {
        Id = token.Id,
        OwnerId = token.OwnerId,
        Description = token.Description,
        Reference = token.Reference,
        LastUsedAt = token.LastUsedAt,
        ExpiresAt = token.ExpiresAt,
    };
}

namespace ScimOperator.Backend.Api;

/// <summary>Body of <c>POST /api/v1/scim-tokens</c>.</summary>
internal sealed record CreateTokenRequest
{
    public string? OwnerId { get; init; }

    public string? Description { get; init; }

    /// <summary>The caller's own name for this token, unique among live tokens: a repeated request collides instead of making a second token.</summary>
    public string? Reference { get; init; }

    /// <summary>Excludes <see cref="ExpiresInSeconds"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public long? ExpiresInSeconds { get; init; }
}

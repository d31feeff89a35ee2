using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Api;

/// <summary>A token on the wire.</summary>
internal sealed record TokenView
{
    public required string Id { get; init; }

    public required string OwnerId { get; init; }

    public required string Description { get; init; }

    public string? Reference { get; init; }

    public required string LastFour { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The secret itself, in the answer to the request that generated it and never again.</summary>
    public string? Value { get; init; }

    public static TokenView Of(TokenRecord token, string? value = null) => new()
    {
        Id = token.Id,
        OwnerId = token.OwnerId,
        Description = token.Description,
        Reference = token.Reference,
        LastFour = token.LastFour,
        CreatedAt = token.CreatedAt,
        ExpiresAt = token.ExpiresAt,
        LastUsedAt = token.LastUsedAt,
        Value = value,
    };
}

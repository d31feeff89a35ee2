namespace ScimOperator.Backend.Api;

/// <summary>A token in the audit log.</summary>
internal sealed record TokenSummary
{
    public required string OwnerId { get; init; }

    public required string Description { get; init; }

    public string? Reference { get; init; }

    public required string LastFour { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

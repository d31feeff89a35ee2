namespace ScimOperator.Backend.Api;

/// <summary>A user in the audit log.</summary>
internal sealed record UserSummary
{
    public required string Email { get; init; }

    public string? DisplayName { get; init; }

    public required string UserType { get; init; }

    public required bool Active { get; init; }

    public string? ExternalId { get; init; }

    public required long Version { get; init; }
}

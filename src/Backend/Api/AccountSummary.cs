namespace ScimOperator.Backend.Api;

/// <summary>The account in the audit log.</summary>
internal sealed record AccountSummary
{
    public required string Name { get; init; }

    public required string Plan { get; init; }

    public int? MaxTokens { get; init; }
}

namespace ScimOperator.Backend.Api;

/// <summary>A group in the audit log.</summary>
internal sealed record GroupSummary
{
    public required string DisplayName { get; init; }

    public string? ExternalId { get; init; }

    public required long Version { get; init; }

    /// <summary>Ids of the members that this change added; absent when there are none.</summary>
    public IReadOnlyList<string>? MembersAdded { get; init; }

    /// <summary>Ids of the members that this change took out; absent when there are none.</summary>
    public IReadOnlyList<string>? MembersRemoved { get; init; }
}

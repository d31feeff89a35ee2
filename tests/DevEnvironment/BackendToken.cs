namespace ScimOperator.DevEnvironments;

/// <summary>A token as the account's admin API shows it: never its value.</summary>
public sealed record BackendToken(string Id, string OwnerId, string Description, string? Reference, DateTimeOffset? LastUsedAt);

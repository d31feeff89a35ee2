namespace ScimOperator.Backend.Accounts;

/// <summary>A token to be generated; already checked for form.</summary>
internal sealed record TokenDraft(string OwnerId, string Description, string? Reference, DateTimeOffset? ExpiresAt);

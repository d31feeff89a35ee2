namespace ScimOperator.Backend.Accounts;

/// <summary>The account this backend serves.</summary>
/// <param name="MaxTokens">Most live tokens at a time; null means no limit.</param>
internal sealed record AccountRecord(string Id, string Name, Plan Plan, int? MaxTokens, DateTimeOffset CreatedAt);

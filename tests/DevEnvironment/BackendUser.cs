namespace ScimOperator.DevEnvironments;

/// <summary>A user as the account's admin API shows it.</summary>
public sealed record BackendUser(string Id, string Email, string UserType, bool Active);

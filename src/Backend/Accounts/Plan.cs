namespace ScimOperator.Backend.Accounts;

/// <summary>The plan the account is on. SCIM is a feature of <see cref="Enterprise"/> only.</summary>
internal enum Plan
{
    Free,
    Business,
    Enterprise,
}

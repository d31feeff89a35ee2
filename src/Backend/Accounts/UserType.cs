namespace ScimOperator.Backend.Accounts;

/// <summary>What a user may do on the account. Only an <see cref="Admin"/> can own SCIM tokens.</summary>
internal enum UserType
{
    Admin,
    Member,
    Viewer,
    Guest,
}

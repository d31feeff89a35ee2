namespace ScimOperator.Guard;

/// <summary>What else about the account bears on losing an admin.</summary>
/// <param name="OtherActiveAdmins">How many other active admins the account has; null when unknown.</param>
/// <param name="HoldsAccountCredential">Whether the Account's own credential belongs to this user.</param>
public readonly record struct AdminFacts(int? OtherActiveAdmins, bool HoldsAccountCredential);

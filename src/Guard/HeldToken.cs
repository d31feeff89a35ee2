namespace ScimOperator.Guard;

/// <summary>A SCIM token that depends on a user staying an active admin. Never its value.</summary>
/// <param name="Id">The token's id at the account; null when it is declared but not generated yet.</param>
/// <param name="Description">The token's description at the account.</param>
/// <param name="ScimToken">The ScimToken that manages it; null when it was made outside the cluster.</param>
/// <param name="Secret">The Secret it is published in.</param>
/// <param name="Observed">Whether that ScimToken only observes: moving it takes a person.</param>
public sealed record HeldToken(string? Id, string? Description, string? ScimToken, string? Secret, bool Observed = false);

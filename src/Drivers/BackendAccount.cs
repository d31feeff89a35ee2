using ScimOperator.Crds;

namespace ScimOperator.Drivers;

/// <summary>What an account says of itself.</summary>
/// <param name="Id">The account's id; null when it has none.</param>
/// <param name="Plan">Its plan; null when it has no notion of plans.</param>
/// <param name="ScimUrl">Its SCIM endpoint; null when it does not say.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="CredentialAdminId">Id of the admin behind the credential in use; null when it does not say.</param>
public sealed record BackendAccount(string? Id, string? Plan, string? ScimUrl, AccountCapabilities Capabilities, string? CredentialAdminId);

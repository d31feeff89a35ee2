using ScimOperator.Crds;

namespace ScimOperator.Cli.Commands;

/// <summary>What <c>kubectl scim import</c> was asked to do.</summary>
/// <param name="Url">The account's base URL.</param>
/// <param name="CredentialFile">File with the bearer credential.</param>
/// <param name="Account">Name for the Account, or namespace/name.</param>
/// <param name="Driver">How to talk to the account.</param>
/// <param name="CaFile">PEM certificates that sign the account's; null for the system's.</param>
/// <param name="Manage">Whether the Account is to manage; else it only observes.</param>
/// <param name="Output">The file to write; null for standard output.</param>
internal sealed record ImportRequest(string Url, string CredentialFile, string Account, AccountDriver Driver, string? CaFile, bool Manage, string? Output);

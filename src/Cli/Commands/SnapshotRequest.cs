namespace ScimOperator.Cli.Commands;

/// <summary>What <c>kubectl scim snapshot</c> was asked to do.</summary>
/// <param name="Url">The account's base URL.</param>
/// <param name="CredentialFile">File with the bearer credential.</param>
/// <param name="Account">Name of the Account, or namespace/name.</param>
/// <param name="CaFile">PEM certificates that sign the account's; null for the system's.</param>
/// <param name="Output">The file to write; null for standard output.</param>
internal sealed record SnapshotRequest(string Url, string CredentialFile, string Account, string? CaFile, string? Output);

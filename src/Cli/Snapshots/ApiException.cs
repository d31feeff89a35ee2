namespace ScimOperator.Cli.Snapshots;

/// <summary>The account could not be read. The message is for people and never holds the credential.</summary>
internal sealed class ApiException(string message, Exception? inner = null) : Exception(message, inner);

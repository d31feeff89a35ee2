namespace ScimOperator.Cli.Sources;

/// <summary>A manifest file as it was found.</summary>
/// <param name="Name">As it is shown to people, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record SourceFile(string Name, ReadOnlyMemory<byte> Content);

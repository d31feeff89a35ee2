namespace ScimOperator.CrdGen;

/// <summary>A file as it must be.</summary>
/// <param name="Path">Where, relative to the repository's root, with forward slashes.</param>
/// <param name="Content">What is in it.</param>
public sealed record GeneratedFile(string Path, string Content);

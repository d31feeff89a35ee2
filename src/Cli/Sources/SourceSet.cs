using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Sources;

/// <summary>The manifest files of one side, ordered by name, and what could not be read.</summary>
/// <param name="Title">The side as it is shown to people.</param>
/// <param name="Files">The files.</param>
/// <param name="Problems">What could not be read, or must not be.</param>
internal sealed record SourceSet(string Title, IReadOnlyList<SourceFile> Files, IReadOnlyList<InputProblem> Problems);

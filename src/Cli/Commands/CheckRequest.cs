using ScimOperator.Cli.Checks;

namespace ScimOperator.Cli.Commands;

/// <summary>What <c>kubectl scim check</c> was asked to do.</summary>
/// <param name="Base">The base: a folder, a file, a revision, or <c>-</c>.</param>
/// <param name="Head">The head, likewise.</param>
/// <param name="Path">The folder below both; null for all of them.</param>
/// <param name="Namespace">Namespace of objects that name none.</param>
/// <param name="Snapshots">Snapshot files.</param>
/// <param name="Format">Output format.</param>
/// <param name="Options">How strict to be.</param>
internal sealed record CheckRequest(string Base, string Head, string? Path, string Namespace, IReadOnlyList<string> Snapshots, string Format, CheckOptions Options);

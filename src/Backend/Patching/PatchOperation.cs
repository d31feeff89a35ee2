using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Patching;

/// <summary>One operation of a patch.</summary>
/// <param name="Path">Null when the value names the attributes itself.</param>
internal sealed record PatchOperation(PatchKind Kind, string? Path, JsonNode? Value);

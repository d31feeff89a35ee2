namespace ScimOperator.Backend.Schemas;

/// <summary>An attribute path that was found in the schemas.</summary>
/// <param name="Extension">URN of the extension it is in; null for the core schema and the common attributes.</param>
/// <param name="Attribute">Null when the path names an extension as a whole.</param>
/// <param name="Sub">The sub-attribute, if the path names one.</param>
internal sealed record ResolvedPath(string? Extension, ScimAttribute? Attribute, ScimAttribute? Sub);

namespace ScimOperator.CrdGen;

/// <summary>One field of an object.</summary>
/// <param name="Name">Serialized name.</param>
/// <param name="Required">Whether a manifest must have it.</param>
/// <param name="Schema">What it may hold.</param>
public sealed record SchemaProperty(string Name, bool Required, SchemaNode Schema);

namespace ScimOperator.Backend.Schemas;

/// <summary>A named set of attributes (RFC 7643, section 7).</summary>
internal sealed record ScimSchema(string Id, string Name, string Description, IReadOnlyList<ScimAttribute> Attributes)
{
    public bool Is(string urn) => Id.Equals(urn, StringComparison.OrdinalIgnoreCase);

    public ScimAttribute? Find(string name) => Attributes.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

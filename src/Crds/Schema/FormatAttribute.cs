namespace ScimOperator.Crds.Schema;

/// <summary>OpenAPI format of a string.</summary>
/// <param name="name">The format, for example <c>byte</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormatAttribute(string name) : Attribute
{
    /// <summary>The format.</summary>
    public string Name => name;
}

namespace ScimOperator.Backend.Schemas;

/// <summary>Data types of SCIM attributes (RFC 7643, section 2.3).</summary>
internal enum ScimType
{
    String,
    Boolean,
    DateTime,
    Reference,
    Binary,
    Complex,
}

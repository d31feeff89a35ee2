using ScimOperator.Crds.Schema;

namespace ScimOperator.Crds;

/// <summary>The attribute of a SCIM user that says what kind of user it is, and its values.</summary>
public sealed record ScimUserType
{
    /// <summary>attribute: a text attribute such as userType; roles or entitlements, of whose values only those named under values are ever added or taken away; or an attribute of an extension, such as urn:ietf:params:scim:schemas:extension:acme:2.0:User:tier. Default: userType.</summary>
    [Length(1, 256), Pattern(Patterns.ScimAttribute)]
    [CelRule(
        "!(self.lowerAscii() in ['id', 'externalid', 'username', 'displayname', 'active', 'emails', 'groups', 'meta', 'schemas', 'password', 'name'])",
        "attribute must be one that says what kind of user somebody is: this one has another meaning")]
    public string? Attribute { get; init; }

    /// <summary>values: the provider's word for each type; a type without a word can't be declared, except the one named by otherwise. Default: Admin, Member, Viewer, Guest.</summary>
    public ScimUserTypeValues? Values { get; init; }

    /// <summary>otherwise: the type of users whose attribute has none of these values. If it has no word of its own, it is written by taking the others' away. Default: Member.</summary>
    [CelRule("self != 'Admin'", "otherwise must not be Admin: an unknown word would make an admin")]
    public UserType? Otherwise { get; init; }
}

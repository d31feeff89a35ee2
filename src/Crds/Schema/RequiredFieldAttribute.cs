namespace ScimOperator.Crds.Schema;

/// <summary>
/// The field must be present in a manifest. C#'s own <c>required</c> would make one malformed stored object break a whole
/// list. The source-generated serializer passes null for an absent init-only property, whatever its initializer says, so
/// the accessor of a reference type puts the empty value in null's place.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredFieldAttribute : Attribute;

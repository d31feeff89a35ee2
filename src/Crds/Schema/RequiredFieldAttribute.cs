namespace ScimOperator.Crds.Schema;

/// <summary>The field must be present in a manifest. (C#'s own <c>required</c> would make one malformed stored object break a whole list.)</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredFieldAttribute : Attribute;

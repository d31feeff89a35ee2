namespace ScimOperator.Backend.Scim;

/// <summary>How resources are shown.</summary>
/// <param name="ScimUrl">Base of all locations.</param>
/// <param name="Shows">Whether an attribute will be looked at: what will not need not be loaded.</param>
internal sealed record ResourceView(string ScimUrl, Func<string, bool> Shows);

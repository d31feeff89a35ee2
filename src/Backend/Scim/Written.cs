namespace ScimOperator.Backend.Scim;

/// <summary>What a write left behind.</summary>
/// <param name="Version">The resource's entity tag.</param>
internal sealed record Written(string Id, string Version);

namespace ScimOperator.Drivers.Scim;

/// <summary>A page of users.</summary>
/// <param name="Users">The users on it.</param>
/// <param name="Total">totalResults; null when the provider does not say.</param>
internal sealed record ScimPage(IReadOnlyList<BackendUser> Users, int? Total);

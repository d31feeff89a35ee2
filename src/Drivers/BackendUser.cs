using ScimOperator.Guard;

namespace ScimOperator.Drivers;

/// <summary>A user as the account has it.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Email">Email, in the account's spelling.</param>
/// <param name="DisplayName">Name shown to people.</param>
/// <param name="State">Type, and active or not.</param>
/// <param name="ETag">Version for If-Match; null when the account gives none.</param>
public sealed record BackendUser(string Id, string Email, string? DisplayName, UserState State, string? ETag);

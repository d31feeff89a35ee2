using ScimOperator.Guard;

namespace ScimOperator.Drivers;

/// <summary>A user to create.</summary>
/// <param name="Email">Email.</param>
/// <param name="DisplayName">Name shown to people.</param>
/// <param name="State">Type, and active or not.</param>
public sealed record NewUser(string Email, string? DisplayName, UserState State);

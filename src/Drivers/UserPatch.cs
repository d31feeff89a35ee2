using ScimOperator.Crds;

namespace ScimOperator.Drivers;

/// <summary>Fields of a user to set; null leaves a field as it is.</summary>
/// <param name="DisplayName">Name shown to people.</param>
/// <param name="UserType">Type.</param>
/// <param name="Active">Whether the user may use the account.</param>
public sealed record UserPatch(string? DisplayName = null, UserType? UserType = null, bool? Active = null)
{
    /// <summary>Whether there is nothing to set.</summary>
    public bool IsEmpty => DisplayName is null && UserType is null && Active is null;
}

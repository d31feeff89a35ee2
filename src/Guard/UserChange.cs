namespace ScimOperator.Guard;

/// <summary>A change to one user that somebody asks for.</summary>
/// <param name="Subject">The user as messages name it, for example <c>AccountUser acme/alice</c>.</param>
/// <param name="Email">The user's email.</param>
/// <param name="Before">What the user is now; null when there is no such user.</param>
/// <param name="After">What the user would be; null when the user would be deleted.</param>
public sealed record UserChange(string Subject, string Email, UserState? Before, UserState? After)
{
    /// <summary>Whether the user's tokens would stop working: an active admin would no longer be one.</summary>
    public bool EndsActiveAdmin => Before is { IsActiveAdmin: true } && After is not { IsActiveAdmin: true };
}

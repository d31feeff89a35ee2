using ScimOperator.Crds;

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

    /// <summary>What the deletion of an AccountUser does to its user by spec.deletionPolicy; null when the user stays as it is (Retain, and unless said).</summary>
    /// <param name="subject">The user as messages name it.</param>
    /// <param name="spec">What the AccountUser declares.</param>
    public static UserChange? ByDeletion(string subject, AccountUserSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var declared = UserState.Declared(spec);
        return spec.DeletionPolicy switch
        {
            UserDeletionPolicy.Delete => new UserChange(subject, spec.Email, declared, null),
            UserDeletionPolicy.Deactivate => new UserChange(subject, spec.Email, declared, declared with { Active = false }),
            _ => null,
        };
    }
}

using ScimOperator.Crds;

namespace ScimOperator.Guard;

/// <summary>What a user is at an account: type, and active or not.</summary>
/// <param name="Type">The user's type.</param>
/// <param name="Active">Whether the user may use the account.</param>
public readonly record struct UserState(UserType Type, bool Active)
{
    /// <summary>Only an active admin's tokens work.</summary>
    public bool IsActiveAdmin => Active && Type == UserType.Admin;

    /// <summary>The state an AccountUser declares: active unless said otherwise.</summary>
    public static UserState Declared(AccountUserSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new UserState(spec.UserType, spec.Active ?? true);
    }
}

using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>What an AccountUser asks for.</summary>
/// <param name="Email">Identifies the user.</param>
/// <param name="DisplayName">Name shown to people; null leaves it alone.</param>
/// <param name="State">Type, and active or not.</param>
/// <param name="ObserveOnly">Whether nothing may be written.</param>
public sealed record UserDesired(string Email, string? DisplayName, UserState State, bool ObserveOnly)
{
    /// <summary>Reads it from the manifest.</summary>
    public static UserDesired From(AccountUser user, Account account)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(account);
        return new UserDesired(
            user.Spec.Email, user.Spec.DisplayName, UserState.Declared(user.Spec), account.Spec.ManagementPolicy == ManagementPolicy.Observe);
    }
}

using ScimOperator.Guard;
using ScimOperator.Drivers;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>Decides what has to be done for one user. Pure: desired and observed in, a plan out.</summary>
public static class UserPlanner
{
    /// <summary>Plans. Planning again after the step was taken gives <see cref="UserPlan.Nothing"/>.</summary>
    public static UserPlan Plan(UserDesired desired, BackendUser? observed)
    {
        ArgumentNullException.ThrowIfNull(desired);
        UserAction? action = observed is null ? new UserAction.Create(new NewUser(desired.Email, desired.DisplayName, desired.State)) : Correct(desired, observed);
        return (action, desired.ObserveOnly) switch
        {
            (null, _) => UserPlan.Nothing,
            (_, true) => new UserPlan(null, action),
            _ => new UserPlan(action),
        };
    }

    private static UserAction.Update? Correct(UserDesired desired, BackendUser observed)
    {
        var patch = new UserPatch(
            desired.DisplayName is { } name && name != observed.DisplayName ? name : null,
            desired.State.Type != observed.State.Type ? desired.State.Type : null,
            desired.State.Active != observed.State.Active ? desired.State.Active : null);
        return patch.IsEmpty ? null : new UserAction.Update(observed, patch, Change(desired.Email, observed.State, desired.State).EndsActiveAdmin);
    }

    private static UserChange Change(string email, UserState before, UserState after) => new(email, email, before, after);
}

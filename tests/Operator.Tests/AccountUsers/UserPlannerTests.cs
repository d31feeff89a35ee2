using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.AccountUsers;
using ScimOperator.Drivers;

namespace ScimOperator.Operator.Tests.AccountUsers;

public sealed class UserPlannerTests
{
    private static readonly UserState ActiveAdmin = new(UserType.Admin, true);

    [Fact]
    public void Creates_a_user_the_account_does_not_have() =>
        Assert.Equal("create a@x as active Admin", UserPlanner.Plan(new UserDesired("a@x", null, ActiveAdmin, false), null).ToString());

    [Fact]
    public void Does_nothing_when_all_is_as_declared() =>
        Assert.Same(UserPlan.Nothing, UserPlanner.Plan(new UserDesired("a@x", "Alice", ActiveAdmin, false), Observed(ActiveAdmin, "Alice")));

    [Fact]
    public void Patches_only_the_changed_name() =>
        Assert.Equal("update a@x: displayName \"Al\" to \"Alice\"", UserPlanner.Plan(new UserDesired("a@x", "Alice", ActiveAdmin, false), Observed(ActiveAdmin, "Al")).ToString());

    [Fact]
    public void An_absent_name_is_left_alone() =>
        Assert.Same(UserPlan.Nothing, UserPlanner.Plan(new UserDesired("a@x", null, ActiveAdmin, false), Observed(ActiveAdmin, "Al")));

    [Fact]
    public void With_observe_only_it_says_what_it_would_do_and_does_nothing()
    {
        var plan = UserPlanner.Plan(new UserDesired("a@x", null, ActiveAdmin, true), null);
        Assert.Null(plan.Action);
        Assert.Equal("nothing (observe only; would create a@x as active Admin)", plan.ToString());
    }

    [Fact]
    public void Every_change_that_ends_an_active_admin_needs_the_guard_and_no_other_does()
    {
        foreach (var (before, after) in from b in States() from a in States() where a != b select (b, a))
        {
            var plan = UserPlanner.Plan(new UserDesired("a@x", null, after, false), Observed(before, null));
            var update = Assert.IsType<UserAction.Update>(plan.Action);
            Assert.Equal(before == ActiveAdmin, update.Guarded);
        }
    }

    [Fact]
    public void Planning_again_after_acting_gives_nothing_to_do()
    {
        foreach (var (before, after) in from b in States() from a in States() select (b, a))
        {
            var desired = new UserDesired("a@x", "Alice", after, false);
            var observed = Observed(before, "Al");
            if (UserPlanner.Plan(desired, observed).Action is UserAction.Update { Patch: var patch })
            {
                observed = observed with
                {
                    DisplayName = patch.DisplayName ?? observed.DisplayName,
                    State = new UserState(patch.UserType ?? observed.State.Type, patch.Active ?? observed.State.Active),
                };
            }

            Assert.Same(UserPlan.Nothing, UserPlanner.Plan(desired, observed));
        }
    }

    private static BackendUser Observed(UserState state, string? name) => new("usr_1", "a@x", name, state, "\"1\"");

    private static IEnumerable<UserState> States() =>
        from type in Enum.GetValues<UserType>() from active in new[] { true, false } select new UserState(type, active);
}

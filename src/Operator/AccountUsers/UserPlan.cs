namespace ScimOperator.Operator.AccountUsers;

/// <summary>What has to be done for one user; at most one step, none when all is as declared.</summary>
/// <param name="Action">The step.</param>
/// <param name="WouldDo">With managementPolicy Observe: the step that is not taken.</param>
public sealed record UserPlan(UserAction? Action, UserAction? WouldDo = null)
{
    /// <summary>Nothing to do.</summary>
    public static UserPlan Nothing { get; } = new(Action: null);

    /// <summary>Stable text for logs and golden tests.</summary>
    public override string ToString() => Action?.ToString() ?? (WouldDo is null ? "nothing" : $"nothing (observe only; would {WouldDo})");
}

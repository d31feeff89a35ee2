using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>Computes an AccountUser's status. Pure.</summary>
internal static class UserReport
{
    /// <summary>Most tokens listed in status.</summary>
    internal const int TokensListed = 50;

    internal static AccountUserStatus Compute(
        AccountUser user,
        BackendUser? observed,
        (int Count, IReadOnlyList<HeldToken> Listed)? held,
        Problem? problem,
        bool deletionBlocked,
        DateTimeOffset now)
    {
        var before = user.Status;
        var tokens = held is { } h ? h.Listed : before?.HeldTokens ?? [];
        var same = before?.HeldTokens is { } old ? old.SequenceEqual(tokens) : tokens.Count == 0 && before is not null;
        return new AccountUserStatus
        {
            ObservedGeneration = user.Metadata.Generation,
            UserId = observed?.Id ?? before?.UserId,
            UserType = observed?.State.Type ?? before?.UserType,
            Active = observed?.State.Active ?? before?.Active,
            HeldTokenCount = held?.Count ?? before?.HeldTokenCount,
            HeldTokens = tokens.Count > 0 ? tokens : null,
            InventoryTime = held is null || same ? before?.InventoryTime : now,
            LastHandledReconcileAt = user.Annotation(WellKnown.ReconcileRequestedAt),
            Conditions = Conditions(user, observed, problem, deletionBlocked, now),
        };
    }

    private static IReadOnlyList<Condition> Conditions(AccountUser user, BackendUser? observed, Problem? problem, bool deletionBlocked, DateTimeOffset now)
    {
        var set = new ConditionSet(user.Status?.Conditions, user.Metadata.Generation, now);
        if (problem is null)
        {
            var state = observed is null ? "" : $" {(observed.State.Active ? "an active" : "an inactive")} {observed.State.Type}";
            return set.Set(ConditionTypes.Ready, ConditionStatus.True, Reasons.UpToDate, $"{user.Spec.Email} is{state} at the account, as declared.").ToList();
        }

        set.Set(ConditionTypes.Ready, problem.Status, problem.Reason, problem.Message);
        set.SetIf(deletionBlocked, ConditionTypes.DeletionBlocked, problem.Reason, problem.Message);
        set.SetIf(problem.Terminal && !deletionBlocked, ConditionTypes.Stalled, problem.Reason, problem.Message);
        set.SetIf(!problem.Terminal && !deletionBlocked, ConditionTypes.Reconciling, problem.Reason, problem.Message);
        return set.ToList();
    }
}

using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Operator.AccountUsers;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>Computes the status of a ScimToken that only observes. Pure.</summary>
internal static class ObservedReport
{
    internal static ScimTokenStatus Compute(ScimToken token, BackendToken? known, bool secretExists, Problem? problem, string verdict, DateTimeOffset now)
    {
        var set = new ConditionSet(token.Status?.Conditions, token.Metadata.Generation, now);
        if (problem is null)
        {
            var words = $"Secret {token.Spec.Secret.Name} holds a token of {token.Spec.OwnerRef.Name}, and {verdict}. It is observed only: nothing here replaces or deletes it.";
            set.Set(ConditionTypes.Ready, ConditionStatus.True, Reasons.Observed, words);
        }
        else
        {
            set.Set(ConditionTypes.Ready, problem.Status, problem.Reason, problem.Message);
            set.Set(ConditionTypes.Reconciling, ConditionStatus.True, problem.Reason, problem.Message);
        }

        return new ScimTokenStatus
        {
            ObservedGeneration = token.Metadata.Generation,
            Tokens = known is null ? null : [Describe(token, known)],
            SecretRef = secretExists ? new LocalObjectReference { Name = token.Spec.Secret.Name } : null,
            ExpiresAt = known?.ExpiresAt,
            LastHandledReconcileAt = token.Annotation(WellKnown.ReconcileRequestedAt),
            LastHandledRotateAt = token.Status?.LastHandledRotateAt,
            Conditions = set.ToList(),
        };
    }

    private static TokenStatus Describe(ScimToken token, BackendToken known) => new()
    {
        Id = known.Id,
        OwnerId = known.OwnerId,
        Owner = token.Spec.OwnerRef.Name,
        State = known.LastUsedAt is null ? TokenState.Published : TokenState.InUse,
        LastFour = known.LastFour,
        MintedAt = known.CreatedAt,
        ExpiresAt = known.ExpiresAt,
        LastUsedAt = HeldTokens.ToHour(known.LastUsedAt),
    };
}

using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.AccountUsers;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>Computes a ScimToken's status. Pure.</summary>
internal static class TokenReport
{
    /// <summary>Computes the status after a plan was made and carried out; <paramref name="ownerName"/> names the AccountUser behind an id.</summary>
    internal static ScimTokenStatus Compute(
        ScimToken token, TokenPlan plan, PublicationFacts secret, Problem? problem, Func<string, string?> ownerName, DateTimeOffset now)
    {
        var tokens = new List<TokenStatus>();
        if (plan.Current is { } current)
        {
            tokens.Add(Describe(current, current.Token.LastUsedAt is null ? TokenState.Published : TokenState.InUse, secret.PublishedAt, ownerName));
        }

        tokens.AddRange(plan.Previous.OrderBy(p => p.Ordinal).Take(15).Select(p => Describe(p, TokenState.Retiring, PublishedBefore(token, p), ownerName)));
        return new ScimTokenStatus
        {
            ObservedGeneration = token.Metadata.Generation,
            Tokens = tokens.Count > 0 ? tokens : null,
            SecretRef = secret.Exists ? new LocalObjectReference { Name = token.Spec.Secret.Name } : null,
            ExpiresAt = plan.Current?.Token.ExpiresAt,
            RenewalTime = plan.RenewalTime,
            LastHandledReconcileAt = token.Annotation(WellKnown.ReconcileRequestedAt),
            LastHandledRotateAt = Handled(token, plan, secret),
            Conditions = Conditions(token, plan, problem, ownerName, now),
        };
    }

    /// <summary>A status for when nothing could be observed: what was known stays, and a condition says why.</summary>
    internal static ScimTokenStatus Unobserved(ScimToken token, Problem problem, DateTimeOffset now)
    {
        var set = new ConditionSet(token.Status?.Conditions, token.Metadata.Generation, now);
        set.Keep(ConditionTypes.CutoverPending);
        AddProblem(set, problem, token.IsDeleting());
        return (token.Status ?? new ScimTokenStatus()) with { ObservedGeneration = token.Metadata.Generation, Conditions = set.ToList() };
    }

    private static TokenStatus Describe(OwnToken own, TokenState state, DateTimeOffset? publishedAt, Func<string, string?> ownerName) => new()
    {
        Id = own.Token.Id,
        Ordinal = own.Ordinal,
        OwnerId = own.Token.OwnerId,
        Owner = ownerName(own.Token.OwnerId),
        State = state,
        LastFour = own.Token.LastFour,
        MintedAt = own.Token.CreatedAt,
        PublishedAt = publishedAt,
        ExpiresAt = own.Token.ExpiresAt,
        LastUsedAt = HeldTokens.ToHour(own.Token.LastUsedAt),
    };

    private static DateTimeOffset? PublishedBefore(ScimToken token, OwnToken own) =>
        token.Status?.Tokens?.FirstOrDefault(t => t.Id == own.Token.Id)?.PublishedAt;

    private static string? Handled(ScimToken token, TokenPlan plan, PublicationFacts secret)
    {
        var request = token.Annotation(WellKnown.RotateRequestedAt);
        // The first token answers a request that was there before it.
        return request is not null && plan.Current is not null && secret.RotateRequest == request ? request : token.Status?.LastHandledRotateAt;
    }

    private static IReadOnlyList<Condition> Conditions(ScimToken token, TokenPlan plan, Problem? problem, Func<string, string?> ownerName, DateTimeOffset now)
    {
        var set = new ConditionSet(token.Status?.Conditions, token.Metadata.Generation, now);
        AddCutover(set, token, plan);
        if (problem is not null)
        {
            AddProblem(set, problem, token.IsDeleting());
            return set.ToList();
        }

        var current = plan.Current!;
        var foreign = plan.Previous.Where(p => p.Token.OwnerId != current.Token.OwnerId).ToList();
        if (foreign.Count > 0)
        {
            var words = $"Token {current.Token.Id}, issued to {token.Spec.OwnerRef.Name}, is published in Secret {token.Spec.Secret.Name}; {Names(foreign, ownerName)} still hold(s) the old one. {CutoverWords(plan.Wait, token)}";
            set.Set(ConditionTypes.Ready, ConditionStatus.False, Reasons.Rehoming, words);
        }
        else
        {
            set.Set(ConditionTypes.Ready, ConditionStatus.True, Reasons.Issued, $"Token {current.Token.Id} (...{current.Token.LastFour}), issued to {token.Spec.OwnerRef.Name}, is published in Secret {token.Spec.Secret.Name}.");
        }

        set.SetIf(plan.Previous.Count > 0, ConditionTypes.Reconciling, foreign.Count > 0 ? Reasons.Rehoming : Reasons.Rotating, CutoverWords(plan.Wait, token));
        return set.ToList();
    }

    private static void AddCutover(ConditionSet set, ScimToken token, TokenPlan plan)
    {
        var reason = plan.Wait switch
        {
            CutoverWait.Use => Reasons.WaitingForUse,
            CutoverWait.Overlap => Reasons.WaitingForOverlap,
            CutoverWait.Owner => Reasons.OwnerNotActiveAdmin,
            _ => "",
        };
        set.SetIf(plan.Wait != CutoverWait.None, ConditionTypes.CutoverPending, reason, CutoverWords(plan.Wait, token));
    }

    private static string CutoverWords(CutoverWait wait, ScimToken token) => wait switch
    {
        CutoverWait.Use => $"The old token is kept until the account has seen the new one used: let the identity provider read Secret {token.Spec.Secret.Name} again.",
        CutoverWait.Overlap => $"The old token is kept until the overlap of {token.Spec.Rotation?.Overlap ?? "1h"} is over.",
        CutoverWait.Owner => $"The old token is kept because {token.Spec.OwnerRef.Name}, to whom the new one is issued, is not an active admin at the account.",
        _ => "The old token is about to be deleted.",
    };

    private static string Names(IEnumerable<OwnToken> tokens, Func<string, string?> ownerName) =>
        string.Join(", ", tokens.Select(t => ownerName(t.Token.OwnerId) ?? t.Token.OwnerId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static void AddProblem(ConditionSet set, Problem problem, bool deleting)
    {
        set.Set(ConditionTypes.Ready, problem.Status, problem.Reason, problem.Message);
        set.SetIf(deleting, ConditionTypes.DeletionBlocked, problem.Reason, problem.Message);
        set.SetIf(problem.Terminal && !deleting, ConditionTypes.Stalled, problem.Reason, problem.Message);
        set.SetIf(!problem.Terminal && !deleting, ConditionTypes.Reconciling, problem.Reason, problem.Message);
    }

    /// <summary>What the report needs to know of the Secret.</summary>
    internal sealed record PublicationFacts(bool Exists, DateTimeOffset? PublishedAt, string? RotateRequest);
}

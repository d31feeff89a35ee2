using ScimOperator.ApiMachinery;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Tokens;

/// <summary>Tells how far a ScimToken has come towards a goal. Pure.</summary>
internal static class TokenJudge
{
    /// <summary>Judges what is seen now; null when the object does not exist any more.</summary>
    internal static Progress Judge(ScimToken? token, TokenGoal goal)
    {
        if (token is null)
        {
            return Progress.Failed("it was deleted meanwhile.");
        }

        return WhyNever(token, goal) is { } stuck ? Progress.Failed(stuck) : Progressing(token, goal);
    }

    /// <summary>Why the operator does not act on it; null when it does.</summary>
    internal static string? WhyIdle(ScimToken token)
    {
        if (Observes(token))
        {
            return $"it only observes (spec.managementPolicy), so the operator never replaces its token. Have an active admin generate another and put it into Secret {token.Spec.Secret.Name}.";
        }

        if (token.Spec.Suspend == true)
        {
            return "it is suspended, so the operator generates and deletes no token for it. Set spec.suspend to false first.";
        }

        return IsPaused(token)
            ? $"it is paused, so the operator does not act on it. Remove the annotation first: kubectl annotate scimtoken {token.Metadata.Name} -n {token.Metadata.Namespace} {WellKnown.Paused}-"
            : null;
    }

    /// <summary>Whether the token is somebody else's to replace.</summary>
    internal static bool Observes(ScimToken token) => token.Spec.ManagementPolicy == ManagementPolicy.Observe;

    /// <summary>Whether the paused annotation stops the operator.</summary>
    internal static bool IsPaused(IKubernetesObject obj) => obj.Annotation(WellKnown.Paused) is { } value && value != "false";

    private static string? WhyNever(ScimToken token, TokenGoal goal)
    {
        if (token.IsDeleting())
        {
            return "it is being deleted.";
        }

        if (goal.Owner is { } owner && token.Spec.OwnerRef.Name != owner)
        {
            return $"its spec.ownerRef was set to {token.Spec.OwnerRef.Name} by somebody else. Where Git is the source (Argo CD, Flux), change it there: kubectl scim offboard --plan prints what to commit.";
        }

        if (goal.RotateRequest is { } request && token.Annotation(WellKnown.RotateRequestedAt) is null && token.Status?.LastHandledRotateAt != request)
        {
            return $"the annotation {WellKnown.RotateRequestedAt} was removed by somebody else before the rotation began.";
        }

        var stalled = token.Status?.Conditions.Current(ConditionTypes.Stalled, token.Metadata.Generation);
        return WhyIdle(token) ?? (stalled.IsTrue() ? stalled!.Message : null);
    }

    private static Progress Progressing(ScimToken token, TokenGoal goal)
    {
        var generation = token.Metadata.Generation;
        if (token.Status is not { } status || status.ObservedGeneration is null || status.ObservedGeneration < generation)
        {
            return Progress.Pending("the operator has not seen the change yet.");
        }

        var tokens = status.Tokens ?? [];
        var ready = status.Conditions.Current(ConditionTypes.Ready, generation);
        if (goal.RotateRequest is { } request && !IsHandled(token, request))
        {
            return Progress.Pending(NotBegun(token, tokens, ready));
        }

        if (tokens.Count > 1)
        {
            return Progress.Pending($"{TokenWords.Describe(tokens)}. {Words(token, ready)}".TrimEnd());
        }

        if (!ready.IsTrue())
        {
            return Progress.Pending(ready is null ? "the operator has not reported on it yet." : ready.Describe());
        }

        return tokens is [var only] && (goal.Owner is null || only.Owner is null || only.Owner == goal.Owner)
            ? Progress.Done($"token {TokenWords.Describe(only)}, is in Secret {token.Spec.Secret.Name}.")
            : Progress.Pending($"{TokenWords.Describe(tokens)}.");
    }

    /// <summary>Acknowledged; also when a later request, which the same rotation answers, was.</summary>
    private static bool IsHandled(ScimToken token, string request) =>
        token.Status?.LastHandledRotateAt is { } handled && (handled == request || handled == token.Annotation(WellKnown.RotateRequestedAt));

    private static string NotBegun(ScimToken token, IReadOnlyList<TokenStatus> tokens, Condition? ready)
    {
        if (tokens.Count > 1)
        {
            return $"an earlier rotation is still under way, and this one begins after it: {TokenWords.Describe(tokens)}. {Words(token, ready)}".TrimEnd();
        }

        return ready is { Status: not ConditionStatus.True } ? $"the rotation has not begun: {ready.Describe()}" : "the rotation was asked for and has not begun.";
    }

    /// <summary>The cut-over's own words, or why the object is not Ready.</summary>
    private static string Words(ScimToken token, Condition? ready) =>
        TokenWords.Cutover(token) is { Length: > 0 } cutover ? cutover : ready is { Status: not ConditionStatus.True } ? ready.Describe() : "";
}

using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Offboarding;

/// <summary>Tells how far an AccountUser has come in its offboarding. Pure.</summary>
internal static class UserProgress
{
    /// <summary>Until the operator reports that the user holds no token of these ScimTokens any more.</summary>
    internal static Progress UntilFree(AccountUser? user, IReadOnlySet<string> moved)
    {
        if (user is null)
        {
            return Progress.Done("it is gone.");
        }

        var held = (user.Status?.HeldTokens ?? []).Where(t => t.ScimToken is { } name && moved.Contains(name)).ToList();
        return held.Count == 0
            ? Progress.Done("holds none of the re-homed tokens any more.")
            : Progress.Pending($"still holds {string.Join(", ", held.Select(t => $"token {t.Id} of ScimToken {t.ScimToken}"))}.");
    }

    /// <summary>Until the account has the user as the manifest now says.</summary>
    internal static Progress UntilApplied(AccountUser? user, OffboardAim aim)
    {
        if (user is null)
        {
            return Progress.Done("it is gone.");
        }

        if (!aim.IsDeclared(user.Spec))
        {
            return user.IsDeleting()
                ? Progress.Pending("it is being deleted.")
                : Progress.Failed("its spec was set back by somebody else. Where Git is the source (Argo CD, Flux), change it there: kubectl scim offboard --plan prints what to commit.");
        }

        var generation = user.Metadata.Generation;
        var ready = user.Status?.Conditions.Current(ConditionTypes.Ready, generation);
        if (user.Status?.ObservedGeneration is not { } seen || seen < generation || ready is null)
        {
            return Progress.Pending("the operator has not seen the change yet.");
        }

        if (ready.IsTrue() && aim.IsObserved(user.Status))
        {
            return Progress.Done(ready.Message);
        }

        return IsRefused(user, ready) ? Progress.Failed(ready.Message) : Progress.Pending(ready.Describe());
    }

    private static bool IsRefused(AccountUser user, Condition ready) =>
        user.Status?.Conditions.Current(ConditionTypes.Stalled, user.Metadata.Generation).IsTrue() == true
        || ready.Reason is Reasons.AdminHoldsScimToken or Reasons.LastAdmin or Reasons.CredentialAdmin or Reasons.Refused;
}

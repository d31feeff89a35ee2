using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Commands;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Offboarding;

/// <summary>
/// Plans an offboarding from what is: planning again after a step gives the steps that are left, so that an interrupted
/// offboarding is continued by running it again. The decisions are the guard's, as at every other door. Pure.
/// </summary>
internal static class OffboardPlanner
{
    internal static OffboardPlan Plan(OffboardFacts facts, OffboardAim aim)
    {
        if (Missing(facts, aim) is { } missing)
        {
            return OffboardPlan.Refused(missing);
        }

        var user = facts.User!;
        var held = HeldKnowledge.From(facts, user);
        // The owner of an observed token is a claim: changing it moves nothing at the account, and would only blind the guard.
        var managed = facts.AccountTokens.Where(t => !TokenJudge.Observes(t)).ToList();
        var toMove = managed.Where(t => t.Spec.OwnerRef.Name == facts.UserName && !t.IsDeleting()).ToList();
        var moving = managed.Where(t => t.Spec.OwnerRef.Name != facts.UserName && StillHeld(t, facts.UserName, held)).ToList();
        var decision = Decide(user, aim, held, [.. toMove, .. moving]);
        Refusal?[] refusals =
        [
            NewOwner(facts),
            .. toMove.Concat(moving).Select(Idle),
            decision.Outcome == GuardOutcome.Deny ? new Refusal(decision.Message, true) : null,
        ];
        return new OffboardPlan(
            [.. refusals.OfType<Refusal>()],
            Notices(facts, user, decision),
            toMove.Cast<IKubernetesObject>().Append(user).FirstOrDefault(ComesFromGit) is { } applied ? FromGit(applied) : null,
            toMove,
            moving,
            !user.IsDeleting() && !aim.IsDeclared(user.Spec));
    }

    /// <summary>What has to be there at all.</summary>
    private static Refusal? Missing(OffboardFacts facts, OffboardAim aim)
    {
        var subject = $"AccountUser {facts.Namespace}/{facts.UserName}";
        if (facts.UserName == facts.AdminName)
        {
            return Wrong($"{subject} can't be offboarded to the same user. Name another active admin with --to.");
        }

        if (facts.User is not { } user)
        {
            return Wrong($"There is no {subject}. kubectl get accountusers -n {facts.Namespace} lists those that there are.");
        }

        return (facts.Account, aim) switch
        {
            (null, _) => Wrong($"{subject} can't be offboarded: there is no Account {user.Spec.AccountRef.Name} in this namespace."),
            ({ Spec.ManagementPolicy: ManagementPolicy.Observe } account, _) =>
                Wrong($"{subject} can't be offboarded: the managementPolicy of Account {account.Metadata.Name} is Observe, so the operator only reads. Set it to Manage first."),
            ({ } account, _) when NotReady(account, account.Status?.Conditions) is { } why =>
                Wrong($"{subject} can't be offboarded now: Account {account.Metadata.Name} is not Ready, so no cut-over can be verified. {why} Run this again once it is Ready."),
            (_, { Demote: { } type }) when user.Spec.UserType is not UserType.Admin && user.Spec.UserType != type =>
                Wrong($"{subject} is declared a {user.Spec.UserType} already, no Admin: --demote {type} would not demote. Leave --demote out to deactivate."),
            _ when TokenJudge.IsPaused(user) =>
                Wrong($"{subject} can't be offboarded: it is paused, so the operator would not act on it. Remove the annotation first: kubectl annotate accountuser {facts.UserName} -n {facts.Namespace} {WellKnown.Paused}-"),
            _ => null,
        };
    }

    /// <summary>The admin who takes over must be one, declared and at the account.</summary>
    private static Refusal? NewOwner(OffboardFacts facts)
    {
        var user = facts.User!;
        var decision = TokenGuard.Decide(
            $"What AccountUser {facts.Namespace}/{facts.UserName} holds", user.Spec.AccountRef.Name, facts.AdminName, RotateCheck.Describe(facts.Admin));
        if (!decision.IsAllowed)
        {
            return new Refusal(decision.Message, true);
        }

        var admin = facts.Admin!;
        if (string.Equals(admin.Spec.Email, user.Spec.Email, StringComparison.OrdinalIgnoreCase))
        {
            return Wrong($"AccountUsers {facts.UserName} and {facts.AdminName} are one person: both have the email {user.Spec.Email}. Name another active admin with --to.");
        }

        if (NotReady(admin, admin.Status?.Conditions) is { } why)
        {
            return Wrong($"AccountUser {facts.Namespace}/{facts.AdminName} can't take over yet: it is not Ready. {why} Run this again once it is Ready.");
        }

        return admin.Status is { UserType: UserType.Admin, Active: true }
            ? null
            : Wrong($"AccountUser {facts.Namespace}/{facts.AdminName} can't take over: {admin.Spec.Email} is not an active Admin at the account. Its own conditions say why it is not as declared.");
    }

    private static Refusal? Idle(ScimToken token) =>
        TokenJudge.WhyIdle(token) is { } why ? Wrong($"ScimToken {token.Key()} can't be re-homed: {why}") : null;

    /// <summary>The last step as the guard sees it, once what is moved has been moved.</summary>
    private static GuardDecision Decide(AccountUser user, OffboardAim aim, HeldKnowledge held, IReadOnlyList<ScimToken> moves)
    {
        var moved = moves.Select(t => t.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var kept = held.Tokens.Where(t => t.ScimToken is not { } name || !moved.Contains(name)).ToList();
        var change = new UserChange($"AccountUser {user.Key()}", user.Spec.Email, held.State, aim.After(held.State));
        return UserGuard.Decide(change, held.Gap is { } gap ? TokenKnowledge.Partial(kept, gap) : TokenKnowledge.Live(kept), held.Facts);
    }

    private static bool StillHeld(ScimToken token, string user, HeldKnowledge held) =>
        token.Status?.Tokens?.Any(t => t.Owner == user) == true || held.Tokens.Any(t => t.ScimToken == token.Metadata.Name);

    private static List<string> Notices(OffboardFacts facts, AccountUser user, GuardDecision decision)
    {
        var notices = new List<string>();
        if (facts.Account?.Spec.Driver == AccountDriver.Scim)
        {
            notices.Add($"Account {facts.Account.Key()} has no API for tokens: a token of {user.Spec.Email}'s that no ScimToken declares is not known here.");
        }
        else if (decision.Outcome == GuardOutcome.Unknown)
        {
            notices.Add($"The account itself was not asked whether {user.Spec.Email} holds tokens made outside the cluster, or is behind the Account's own credential: {facts.Live.Gap}. The webhook and the operator ask before the last step.");
        }

        if (user.IsDeleting())
        {
            notices.Add($"AccountUser {user.Key()} is being deleted: once its tokens are re-homed the operator finishes that by spec.deletionPolicy, and nothing else is changed.");
        }

        return notices;
    }

    private static string FromGit(IKubernetesObject obj) =>
        $"{(obj is ScimToken ? "ScimToken" : "AccountUser")} {obj.Key()} is applied from Git (Argo CD or Flux), which may undo this. --plan prints what to commit instead.";

    private static bool ComesFromGit(IKubernetesObject obj) =>
        (obj.Metadata.Labels?.Keys ?? []).Concat(obj.Metadata.Annotations?.Keys ?? []).Any(GitTools.IsMark);

    private static string? NotReady(IKubernetesObject obj, IReadOnlyList<Condition>? conditions) =>
        conditions.Current(ConditionTypes.Ready, obj.Metadata.Generation) switch
        {
            null => "The operator has not reported on it yet.",
            { Status: ConditionStatus.True } => null,
            { } ready => ready.Describe(),
        };

    private static Refusal Wrong(string message) => new(message, false);
}

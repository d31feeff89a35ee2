using ScimOperator.Cli.Manifests;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Checks;

/// <summary>Puts every change to an AccountUser before <see cref="UserGuard"/>, as the admission webhook does, with what manifests and snapshot tell.</summary>
internal sealed class UserJudge(ChangeSet changes, ICollection<Finding> findings)
{
    private static readonly UserState ActiveAdmin = new(UserType.Admin, true);
    private readonly DeclaredTokens tokens = new(changes);
    private readonly TwoSteps twoSteps = new(changes);
    private readonly UnseenChanges unseen = new(findings);
    private readonly Dictionary<ManifestKey, HashSet<string>> admins = [];

    internal void Judge()
    {
        foreach (var before in changes.Base.Users.Values)
        {
            if (changes.Head.Users.GetValueOrDefault(before.Key) is { } after)
            {
                Updated(before, after);
            }
            else
            {
                Removed(before);
            }
        }

        foreach (var created in changes.Head.Users.Values.Where(u => !changes.Base.Users.ContainsKey(u.Key)))
        {
            Created(created);
        }

        unseen.Report();
    }

    private void Updated(Manifest<AccountUser> before, Manifest<AccountUser> after)
    {
        var (was, now) = (UserState.Declared(before.Object.Spec), UserState.Declared(after.Object.Spec));
        Decide(new Question(before, after, was, now, new Place(Side.Head, after.At("spec", was.Type != now.Type ? "userType" : "active"))));
    }

    private void Removed(Manifest<AccountUser> user)
    {
        // Retain: the user stays as it is, and so do its tokens.
        if (UserChange.ByDeletion(user.Subject, user.Object.Spec) is { Before: { } was } change)
        {
            Decide(new Question(user, user, was, change.After, new Place(Side.Base, user.Document.At)));
        }
    }

    private void Created(Manifest<AccountUser> user)
    {
        var now = UserState.Declared(user.Object.Spec);
        if (now.IsActiveAdmin)
        {
            return;
        }

        // Adopting an existing admin with a lesser type is a demotion. Without better knowledge the guard is asked about the worst case.
        var renamed = changes.InBase(user);
        var was = renamed is null ? ActiveAdmin : UserState.Declared(renamed.Object.Spec);
        Decide(new Question(renamed ?? user, user, was, now, new Place(Side.Head, user.At("spec", now.Type == UserType.Admin ? "active" : "userType"))));
    }

    private void Decide(Question question)
    {
        var change = new UserChange(question.Now.Subject, question.Now.Object.Spec.Email, question.Before, question.After);
        if (!change.EndsActiveAdmin)
        {
            return;
        }

        var known = changes.Know(ChangeSet.AccountOf(question.Now));
        var held = tokens.HeldBy(question.Was, known);
        var moving = changes.Options.TrustSyncWaves && question.After is not null ? held.Where(t => tokens.MovesInEarlierWave(t, question.Now)).ToList() : [];
        var staying = held.Except(moving).ToList();
        var judged = change with { Before = StateNow(change, known, staying.Count) };
        var knowledge = known.Gap is { } gap ? TokenKnowledge.Partial(staying, gap) : TokenKnowledge.Live(staying);
        var decision = UserGuard.Decide(judged, knowledge, Facts(question.Now, known));
        Report(question, decision, known, held);
        if (decision.Outcome != GuardOutcome.Deny && moving.Count > 0)
        {
            findings.Add(new Finding(
                FindingLevel.Notice,
                FindingCodes.SyncWaves,
                change.Subject,
                $"{change.Subject} loses its role in a later sync wave than the one that moves {string.Join(", ", moving.Select(t => $"ScimToken {t.ScimToken}"))}: safe only with Argo CD, and with its health check for ScimToken in place.",
                question.Place));
        }
    }

    /// <summary>What the user is at the account, if that is known; else what is declared. Declared tokens of somebody the account lacks are left to the declaration.</summary>
    private static UserState? StateNow(UserChange change, AccountKnowledge known, int held)
    {
        if (known.Snapshot is null)
        {
            return change.Before;
        }

        return known.User(change.Email) is { } user ? user.State : held > 0 ? change.Before : null;
    }

    /// <summary>Admins whom the same change set takes the role from don't count; those it makes admins aren't any yet.</summary>
    private AdminFacts Facts(Manifest<AccountUser> user, AccountKnowledge known)
    {
        if (known.Snapshot is not { } snapshot)
        {
            return default;
        }

        var account = ChangeSet.AccountOf(user);
        var self = known.User(user.Object.Spec.Email)?.Id;
        var staying = Staying(account, snapshot);
        return new AdminFacts(staying.Count - (self is not null && staying.Contains(self) ? 1 : 0), self is not null && snapshot.CredentialAdminId == self);
    }

    private HashSet<string> Staying(ManifestKey account, AccountSnapshot snapshot)
    {
        if (!admins.TryGetValue(account, out var ids))
        {
            admins[account] = ids = snapshot.Users!
                .Where(u => u.State.IsActiveAdmin && changes.Left(account, u.Email) is null or { IsActiveAdmin: true })
                .Select(u => u.Id)
                .ToHashSet(StringComparer.Ordinal);
        }

        return ids;
    }

    private void Report(Question question, GuardDecision decision, AccountKnowledge known, IReadOnlyList<Guard.HeldToken> held)
    {
        var user = question.Now;
        switch (decision.Outcome)
        {
            case GuardOutcome.Deny:
                var steps = decision.Code == GuardCodes.AdminHoldsScimToken
                    ? twoSteps.For(question.Was, held, $"{user.Subject} is {Act(question)}", question.Place)
                    : [];
                findings.Add(new Finding(FindingLevel.Denied, decision.Code, user.Subject, decision.Message, question.Place) { Steps = steps });
                break;
            case GuardOutcome.Unknown when known.MayBeWaived:
                unseen.Add(user, question.Place);
                break;
            case GuardOutcome.Unknown:
                findings.Add(new Finding(
                    FindingLevel.Unknown,
                    decision.Code,
                    user.Subject,
                    $"Whether {user.Subject} may cease to be an active admin is not known, because {known.Gap}. {known.Advice}",
                    question.Place));
                break;
            default:
                break;
        }
    }

    private static string Act(Question question) => question.After switch
    {
        null => "removed",
        { Active: false } => "deactivated",
        _ => "demoted",
    };

    /// <summary>A change to one person.</summary>
    /// <param name="Was">The manifest that declared the person.</param>
    /// <param name="Now">The manifest that changes it; the former one when it is removed.</param>
    /// <param name="Before">What was declared.</param>
    /// <param name="After">What is left.</param>
    /// <param name="Place">Where the change is.</param>
    private sealed record Question(Manifest<AccountUser> Was, Manifest<AccountUser> Now, UserState Before, UserState? After, Place Place);
}

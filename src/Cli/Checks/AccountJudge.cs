using ScimOperator.Cli.Manifests;
using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Checks;

/// <summary>Puts every Account that is removed or pointed elsewhere before <see cref="AccountGuard"/>.</summary>
internal sealed class AccountJudge(ChangeSet changes, ICollection<Finding> findings)
{
    internal void Judge()
    {
        foreach (var account in changes.Base.Accounts.Values)
        {
            if (changes.Head.Accounts.GetValueOrDefault(account.Key) is not { } after)
            {
                Removed(account);
            }
            else if (AccountGuard.Repoints(account.Object.Spec, after.Object.Spec))
            {
                var field = AccountGuard.RepointsUrl(account.Object.Spec, after.Object.Spec) ? "url" : "driver";
                Add(AccountGuard.DecideRepoint(account.Subject, Users(changes.Base, account.Key), Tokens(changes.Base, account.Key)), account, new Place(Side.Head, after.At("spec", field)));
            }
        }
    }

    private static IReadOnlyList<string> Users(ManifestSet set, ManifestKey account) => [.. set.Users.Values.Where(u => ChangeSet.AccountOf(u) == account).Select(u => u.Key.Name)];

    private static IReadOnlyList<string> Tokens(ManifestSet set, ManifestKey account) => [.. set.Tokens.Values.Where(t => ChangeSet.AccountOf(t) == account).Select(t => t.Key.Name)];

    private void Removed(Manifest<Account> account)
    {
        var place = new Place(Side.Base, account.Document.At);
        var decision = AccountGuard.DecideDelete(account.Subject, Users(changes.Head, account.Key), Tokens(changes.Head, account.Key));
        Add(decision, account, place);
        if (decision.IsAllowed && Users(changes.Base, account.Key).Count + Tokens(changes.Base, account.Key).Count > 0)
        {
            findings.Add(new Finding(
                FindingLevel.Notice,
                FindingCodes.RemovalOrder,
                account.Subject,
                $"{account.Subject} is removed together with what refers to it: its deletion is refused until those are gone, so a GitOps tool may need a second try.",
                place));
        }
    }

    private void Add(GuardDecision decision, Manifest<Account> account, Place place)
    {
        if (!decision.IsAllowed)
        {
            findings.Add(new Finding(FindingLevel.Denied, decision.Code, account.Subject, decision.Message, place));
        }
    }
}

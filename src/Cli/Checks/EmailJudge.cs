using ScimOperator.Cli.Manifests;
using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Checks;

/// <summary>Puts every AccountUser that is created before <see cref="EmailGuard"/>. Two that claimed one email before are not made worse.</summary>
internal sealed class EmailJudge(ChangeSet changes, ICollection<Finding> findings)
{
    internal void Judge()
    {
        var people = changes.Head.Users.Values.Concat(changes.Base.Users.Values)
            .GroupBy(u => PersonIndex.Person(ChangeSet.AccountOf(u), u.Object.Spec.Email));
        foreach (var person in people)
        {
            Judge([.. person]);
        }
    }

    private void Judge(IReadOnlyList<Manifest<AccountUser>> claims)
    {
        // The oldest claim wins: one of the base, else the first by name.
        var first = claims.Where(u => changes.Base.Users.ContainsKey(u.Key)).Concat(claims).First();
        foreach (var user in claims.Where(u => u.Key != first.Key && !changes.Base.Users.ContainsKey(u.Key)))
        {
            var decision = EmailGuard.Decide(user.Subject, user.Object.Spec.Email, first.Key.Name);
            findings.Add(new Finding(FindingLevel.Denied, decision.Code, user.Subject, decision.Message, new Place(Side.Head, user.At("spec", "email")))
            {
                Steps = changes.Head.Users.ContainsKey(first.Key) ? [] : Replace(first, user),
            });
        }
    }

    /// <summary>Creation comes before removal in every tool, so a new name for one person takes two steps.</summary>
    private static IReadOnlyList<Step> Replace(Manifest<AccountUser> old, Manifest<AccountUser> user) =>
    [
        new(1, $"{old.Subject} is removed; its spec.deletionPolicy must be Retain, so that the person is left alone", new Place(Side.Base, old.Document.At)),
        new(2, $"{user.Subject} is created, once {old.Subject} is gone", new Place(Side.Head, user.Document.At)),
    ];
}

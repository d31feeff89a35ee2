using ScimOperator.Cli.Manifests;
using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Checks;

/// <summary>Puts every ScimToken that is created or given to somebody else before <see cref="TokenGuard"/>; warns of what is legal and probably a mistake.</summary>
internal sealed class TokenJudge(ChangeSet changes, ICollection<Finding> findings)
{
    internal void Judge()
    {
        foreach (var token in changes.Head.Tokens.Values)
        {
            var before = changes.Base.Tokens.GetValueOrDefault(token.Key);
            if (before is null || ChangeSet.OwnerOf(before) != ChangeSet.OwnerOf(token))
            {
                Owner(token);
            }
            else if (changes.Base.Users.ContainsKey(ChangeSet.OwnerOf(token)) && !changes.Head.Users.ContainsKey(ChangeSet.OwnerOf(token)))
            {
                OwnerRemoved(token);
            }

            if (before is null || !before.Document.SameAs(token.Document))
            {
                Overlap(token);
            }
        }

        foreach (var removed in changes.Base.Tokens.Values.Where(t => !changes.Head.Tokens.ContainsKey(t.Key)))
        {
            Removed(removed);
        }
    }

    private void Owner(Manifest<ScimToken> token)
    {
        var name = token.Object.Spec.OwnerRef.Name;
        var decision = TokenGuard.Decide(token.Subject, token.Object.Spec.AccountRef.Name, name, Describe(ChangeSet.OwnerOf(token)));
        if (!decision.IsAllowed)
        {
            findings.Add(new Finding(FindingLevel.Denied, decision.Code, token.Subject, decision.Message, new Place(Side.Head, token.At("spec", "ownerRef", "name"))));
        }
    }

    /// <summary>One that the change set removes is as good as being deleted.</summary>
    private TokenOwner? Describe(ManifestKey owner)
    {
        var after = changes.Head.Users.GetValueOrDefault(owner);
        return (after ?? changes.Base.Users.GetValueOrDefault(owner)) is { } user
            ? new TokenOwner(user.Object.Spec.AccountRef.Name, UserState.Declared(user.Object.Spec), Deleting: after is null)
            : null;
    }

    private void OwnerRemoved(Manifest<ScimToken> token) => Notice(
        FindingCodes.OwnerRemoved,
        token,
        $"{token.Subject} names AccountUser {ChangeSet.OwnerOf(token)} as owner, which this change set removes: the token works on, but can't be rotated. Name another active admin.",
        new Place(Side.Head, token.At("spec", "ownerRef", "name")));

    private void Overlap(Manifest<ScimToken> token) =>
        Notice(FindingCodes.ZeroOverlap, token, TokenAdvice.ZeroOverlap(token.Subject, token.Object.Spec), new Place(Side.Head, token.At("spec", "rotation", "overlap")));

    private void Removed(Manifest<ScimToken> token)
    {
        var account = ChangeSet.AccountOf(token);
        var others = changes.Head.Tokens.Values.Any(t => ChangeSet.AccountOf(t) == account);
        Notice(FindingCodes.OnlyToken, token, TokenAdvice.OnlyToken(token.Subject, token.Object.Spec, others), new Place(Side.Base, token.Document.At));
    }

    private void Notice(string code, Manifest<ScimToken> token, string? message, Place place)
    {
        if (message is not null)
        {
            findings.Add(new Finding(FindingLevel.Notice, code, token.Subject, message, place));
        }
    }
}

using ScimOperator.Cli.Manifests;
using ScimOperator.Crds;
using HeldToken = ScimOperator.Guard.HeldToken;

namespace ScimOperator.Cli.Checks;

/// <summary>Says how to split a change set that moves or retires a token and takes its holder's role away at once.</summary>
internal sealed class TwoSteps(ChangeSet changes)
{
    /// <summary>The steps, in order; empty when the change set does nothing about the tokens, and the denial says all.</summary>
    /// <param name="user">The user as declared in the base.</param>
    /// <param name="tokens">The tokens the user holds.</param>
    /// <param name="act">The change to the user, as the last step calls it.</param>
    /// <param name="place">Where that change is.</param>
    internal IReadOnlyList<Step> For(Manifest<AccountUser> user, IReadOnlyList<HeldToken> tokens, string act, Place place)
    {
        var managed = tokens.Select(t => t.ScimToken).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var owned = changes.Base.Tokens.Values.Where(t => managed.Contains(t.Key.ToString())).ToList();
        var moved = owned.Where(t => Moved(t, user.Key) is not null).ToList();
        var removed = owned.Where(t => !changes.Head.Tokens.ContainsKey(t.Key)).ToList();
        if (moved.Count + removed.Count == 0)
        {
            return [];
        }

        List<Step> steps = [.. moved.Select(t => Move(t, user.Key)), .. removed.Count == 0 ? [] : Replacements(user)];
        steps.AddRange(owned.Except(moved).Except(removed).Select(t => new Step(1, $"{t.Subject} must name another active admin in spec.ownerRef, which this change set does not do yet", null)));
        var next = steps.Count == 0 ? 1 : 2;
        steps.AddRange(removed.Select(t => new Step(next, $"{t.Subject} is removed, once the identity provider no longer uses it", new Place(Side.Base, t.Document.At))));
        next = steps.Count == 0 ? 1 : steps.Max(s => s.Number) + 1;
        steps.Add(new Step(next, $"{user.Subject} is {act}, once step {next - 1} is applied and every ScimToken in it is Ready", place));
        return steps;
    }

    private Manifest<ScimToken>? Moved(Manifest<ScimToken> token, ManifestKey user) =>
        changes.Head.Tokens.GetValueOrDefault(token.Key) is { } now && ChangeSet.OwnerOf(now) != user ? now : null;

    private Step Move(Manifest<ScimToken> token, ManifestKey user)
    {
        var now = Moved(token, user)!;
        return new Step(1, $"{token.Subject} goes from {user.Name} to {now.Object.Spec.OwnerRef.Name} (spec.ownerRef)", new Place(Side.Head, now.At("spec", "ownerRef", "name")));
    }

    /// <summary>A token that is removed is usually replaced: by one that another admin owns and the change set creates.</summary>
    private IEnumerable<Step> Replacements(Manifest<AccountUser> user) => changes.Head.Tokens.Values
        .Where(t => !changes.Base.Tokens.ContainsKey(t.Key) && ChangeSet.AccountOf(t) == ChangeSet.AccountOf(user) && ChangeSet.OwnerOf(t) != user.Key)
        .Select(t => new Step(1, $"{t.Subject} is created, and the identity provider is given it", new Place(Side.Head, t.Document.At)));
}

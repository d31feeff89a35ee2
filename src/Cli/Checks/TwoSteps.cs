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
    /// <param name="last">What is left for the last step, as a sentence without its end.</param>
    /// <param name="place">Where that change is.</param>
    internal IReadOnlyList<Step> For(Manifest<AccountUser> user, IReadOnlyList<HeldToken> tokens, string last, Place place)
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
        steps.AddRange(Removals(removed, steps.Count == 0 ? 1 : 2));
        var before = steps.Max(s => s.Number);
        var awaited = removed.Count > 0 ? "the removed ScimTokens are gone" : "every ScimToken in it is Ready";
        return [.. steps, new Step(before + 1, $"{last}, once step {before} is done: {awaited}", place)];
    }

    private static IEnumerable<Step> Removals(IEnumerable<Manifest<ScimToken>> removed, int number) =>
        removed.Select(t => new Step(number, $"{t.Subject} is removed, once the identity provider no longer uses it", new Place(Side.Base, t.Document.At)));

    private Manifest<ScimToken>? Moved(Manifest<ScimToken> token, ManifestKey user) =>
        changes.Head.Tokens.GetValueOrDefault(token.Key) is { } now && ChangeSet.OwnerOf(now) != user ? now : null;

    private Step Move(Manifest<ScimToken> token, ManifestKey user)
    {
        var now = Moved(token, user)!;
        var place = new Place(Side.Head, now.At("spec", "ownerRef", "name"));
        return ChangeSet.OwnerOf(token) == user
            ? new Step(1, $"{token.Subject} goes from {user.Name} to {now.Object.Spec.OwnerRef.Name} (spec.ownerRef)", place)
            : new Step(1, $"{token.Subject} names {now.Object.Spec.OwnerRef.Name} already, but {user.Name} still held its token when the snapshot was taken: wait for Ready and take a new snapshot", place);
    }

    /// <summary>A token that is removed is usually replaced: by one that another admin owns and the change set creates.</summary>
    private IEnumerable<Step> Replacements(Manifest<AccountUser> user) => changes.Head.Tokens.Values
        .Where(t => !changes.Base.Tokens.ContainsKey(t.Key) && ChangeSet.AccountOf(t) == ChangeSet.AccountOf(user) && ChangeSet.OwnerOf(t) != user.Key)
        .Select(t => new Step(1, $"{t.Subject} is created, and the identity provider is given it", new Place(Side.Head, t.Document.At)));
}

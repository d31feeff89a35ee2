using System.Globalization;
using ScimOperator.Cli.Manifests;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Crds;
using HeldToken = ScimOperator.Guard.HeldToken;

namespace ScimOperator.Cli.Checks;

/// <summary>
/// The tokens a user holds now: those that ScimTokens of the base declare, and those the snapshot shows. Manifests have no UID, so the two
/// are joined by the description that a ScimToken gives its tokens.
/// </summary>
internal sealed class DeclaredTokens(ChangeSet changes)
{
    private const string SyncWave = "argocd.argoproj.io/sync-wave";
    private readonly ILookup<ManifestKey, Manifest<ScimToken>> byOwner = changes.Base.Tokens.Values.ToLookup(ChangeSet.OwnerOf);
    private readonly ILookup<ManifestKey, Manifest<ScimToken>> byAccount = changes.Base.Tokens.Values.ToLookup(ChangeSet.AccountOf);

    /// <summary>The ScimTokens that name this AccountUser as owner in the base.</summary>
    internal IReadOnlyList<Manifest<ScimToken>> OwnedBy(ManifestKey user) => [.. byOwner[user]];

    /// <summary>All tokens that depend on the user.</summary>
    internal IReadOnlyList<HeldToken> HeldBy(Manifest<AccountUser> user, AccountKnowledge known)
    {
        var unseen = OwnedBy(user.Key).ToList();
        var held = new List<HeldToken>();
        foreach (var token in SeenTokens(user, known))
        {
            var manager = Manager(token, ChangeSet.AccountOf(user), unseen);
            unseen.RemoveAll(t => t == manager);
            held.Add(manager is null
                ? new HeldToken(token.Id, token.Description, null, null)
                : new HeldToken(token.Id, token.Description, manager.Key.ToString(), manager.Object.Spec.Secret.Name, Observes(manager)));
        }

        held.AddRange(unseen.Select(t => new HeldToken(null, DescriptionOf(t), t.Key.ToString(), t.Object.Spec.Secret.Name, Observes(t))));
        return held;
    }

    /// <summary>
    /// Whether the token is given to somebody else in an earlier sync wave than the one that takes the user's role away: Argo CD then waits
    /// for the ScimToken to be healthy in between.
    /// </summary>
    internal bool MovesInEarlierWave(HeldToken token, Manifest<AccountUser> user)
    {
        var moved = changes.Head.Tokens.Values.FirstOrDefault(t => t.Key.ToString() == token.ScimToken);
        return moved is not null && ChangeSet.OwnerOf(moved) != user.Key && Wave(moved.Object.Metadata.Annotations) < Wave(user.Object.Metadata.Annotations);
    }

    private static int Wave(IReadOnlyDictionary<string, string>? annotations) =>
        annotations is not null && annotations.TryGetValue(SyncWave, out var text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wave) ? wave : 0;

    private IEnumerable<SnapshotToken> SeenTokens(Manifest<AccountUser> user, AccountKnowledge known) => known.User(user.Object.Spec.Email) is { } person
        ? known.TokensOf(person).Where(t => t.IsLive(changes.Now))
        : [];

    /// <summary>One of the user's own first; else any of the account: its owner may have changed in an earlier commit that is not carried out yet.</summary>
    private Manifest<ScimToken>? Manager(SnapshotToken token, ManifestKey account, List<Manifest<ScimToken>> own) =>
        own.FirstOrDefault(t => DescriptionOf(t) == token.Description)
        ?? byAccount[account].FirstOrDefault(t => DescriptionOf(t) == token.Description);

    private static bool Observes(Manifest<ScimToken> token) => token.Object.Spec.ManagementPolicy == ManagementPolicy.Observe;

    private static string DescriptionOf(Manifest<ScimToken> token) => token.Object.Spec.Description ?? token.Key.Name;
}

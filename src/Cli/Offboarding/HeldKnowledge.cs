using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Accounts;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;
using ScimOperator.Guard;
using HeldToken = ScimOperator.Guard.HeldToken;

namespace ScimOperator.Cli.Offboarding;

/// <summary>What is known of a user at the account: from the account itself where it was asked, else from the operator's reports. Pure.</summary>
/// <param name="State">What the user is.</param>
/// <param name="Tokens">The live tokens the user holds; of a ScimToken, the bare name.</param>
/// <param name="Gap">Why there may be more to know; null when the account itself was asked.</param>
/// <param name="Facts">What else bears on losing an admin.</param>
internal sealed record HeldKnowledge(UserState State, IReadOnlyList<HeldToken> Tokens, string? Gap, AdminFacts Facts)
{
    internal static HeldKnowledge From(OffboardFacts facts, AccountUser user) =>
        facts.Live is { Gap: null } live ? FromAccount(live, facts, user) : FromCluster(facts, user);

    private static HeldKnowledge FromAccount(AccountAnswer live, OffboardFacts facts, AccountUser user)
    {
        var found = live.Users.FirstOrDefault(u => string.Equals(u.Email, user.Spec.Email, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            return new HeldKnowledge(UserState.Declared(user.Spec) with { Active = false }, [.. Observed(facts, [])], null, new AdminFacts(live.Users.Count(u => u.State.IsActiveAdmin), false));
        }

        var managers = new TokenManagers(facts.AccountTokens);
        var tokens = live.Tokens.Where(t => t.OwnerId == found.Id).OrderBy(t => t.CreatedAt).Select(t => managers.Of(t) is { } manager
            ? new HeldToken(t.Id, t.Description, manager.Metadata.Name, manager.Spec.Secret.Name, TokenJudge.Observes(manager))
            : new HeldToken(t.Id, t.Description, null, null)).ToList();
        var others = live.Users.Count(u => u.Id != found.Id && u.State.IsActiveAdmin);
        return new HeldKnowledge(found.State, [.. tokens, .. Observed(facts, tokens)], null, new AdminFacts(others, live.Self?.CredentialAdminId == found.Id));
    }

    /// <summary>What is declared to be the user's and is only observed: a declaration counts, listed by the account or not.</summary>
    private static IEnumerable<HeldToken> Observed(OffboardFacts facts, IReadOnlyList<HeldToken> listed) => facts.AccountTokens
        .Where(t => TokenJudge.Observes(t) && !t.IsDeleting() && t.Spec.OwnerRef.Name == facts.UserName && listed.All(l => l.ScimToken != t.Metadata.Name))
        .Select(t => new HeldToken(null, t.Spec.Description ?? t.Metadata.Name, t.Metadata.Name, t.Spec.Secret.Name, Observed: true));

    private static HeldKnowledge FromCluster(OffboardFacts facts, AccountUser user)
    {
        var declared = UserState.Declared(user.Spec);
        var state = user.Status is { UserType: { } type, Active: { } active } ? new UserState(type, active) : declared;
        var observing = facts.AccountTokens.Where(TokenJudge.Observes).Select(t => t.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var tokens = (user.Status?.HeldTokens ?? []).Select(t => new HeldToken(t.Id, t.Description, t.ScimToken, t.Secret, observing.Contains(t.ScimToken ?? ""))).ToList();
        var others = facts.Users.Count(u => u.Metadata.Name != user.Metadata.Name
            && u.Spec.AccountRef.Name == user.Spec.AccountRef.Name
            && u.Status is { UserType: UserType.Admin, Active: true }
            && !string.Equals(u.Spec.Email, user.Spec.Email, StringComparison.OrdinalIgnoreCase));
        return new HeldKnowledge(state, [.. tokens, .. Observed(facts, tokens)], facts.Live.Gap, new AdminFacts(others, false));
    }
}

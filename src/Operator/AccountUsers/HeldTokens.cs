using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.ScimTokens;
using HeldTokenStatus = ScimOperator.Crds.HeldToken;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>Joins the tokens a user holds at the account with the ScimTokens that manage them.</summary>
internal sealed class HeldTokens(Stores stores)
{
    private const int LongestId = 256;
    private readonly AccountUse use = new(stores);

    /// <summary>For the guard: what the account lists for the user, and what is observed.</summary>
    internal IReadOnlyList<Guard.HeldToken> ForGuard(IReadOnlyList<BackendToken> tokens, AccountUser user, DateTimeOffset now) =>
        [.. tokens.Where(t => t.IsLive(now)).Select(t => ForGuard(t, user)), .. ObservedOnly(user, tokens).Select(AsHeld)];

    /// <summary>A ScimToken as the guard sees it, as far as its manifest says.</summary>
    internal static Guard.HeldToken AsHeld(ScimToken token) => new(
        token.Status?.Tokens is [{ Id: var id }, ..] ? id : null,
        token.Spec.Description ?? token.Metadata.Name,
        token.Key().ToString(),
        token.Spec.Secret.Name,
        ObservedTokens.Observes(token));

    /// <summary>For status: how many, and the first <paramref name="most"/>.</summary>
    internal (int Count, IReadOnlyList<HeldTokenStatus> Listed) ForStatus(IReadOnlyList<BackendToken> tokens, AccountUser user, int most, DateTimeOffset now)
    {
        var live = tokens.Where(t => t.IsLive(now)).ToList();
        var observed = ObservedOnly(user, tokens);
        return (live.Count + observed.Count, [.. live.Take(most).Select(ForStatus).Concat(observed.Select(ForStatus)).Take(most)]);
    }

    private Guard.HeldToken ForGuard(BackendToken token, AccountUser user) => use.Manager(token) is { } manager
        ? new Guard.HeldToken(token.Id, token.Description, $"{user.Metadata.Namespace}/{manager.Metadata.Name}", manager.Spec.Secret.Name, ObservedTokens.Observes(manager))
        : new Guard.HeldToken(token.Id, token.Description, null, null);

    private HeldTokenStatus ForStatus(BackendToken token)
    {
        var manager = use.Manager(token);
        return new HeldTokenStatus
        {
            Id = token.Id,
            Description = token.Description,
            ScimToken = manager?.Metadata.Name,
            Secret = manager?.Spec.Secret.Name,
            LastUsedAt = ToHour(token.LastUsedAt),
        };
    }

    private static HeldTokenStatus ForStatus(ScimToken observed) => new()
    {
        Id = $"secret:{observed.Spec.Secret.Name}" is { Length: > LongestId } id ? id[..LongestId] : $"secret:{observed.Spec.Secret.Name}",
        Description = observed.Spec.Description ?? observed.Metadata.Name,
        ScimToken = observed.Metadata.Name,
        Secret = observed.Spec.Secret.Name,
    };

    /// <summary>The observed tokens that the user is declared to hold and the account does not list.</summary>
    private List<ScimToken> ObservedOnly(AccountUser user, IReadOnlyList<BackendToken> listed) =>
        [.. stores.Tokens.Indexer.ByIndex(Indexes.Owner, Indexes.ByName(user.Metadata.Namespace, user.Metadata.Name))
            .Where(t => ObservedTokens.Observes(t) && !t.IsDeleting() && t.Spec.OwnerRef.Name == user.Metadata.Name)
            .Where(t => t.Status?.Tokens is not [{ Id: var id }, ..] || !listed.Any(l => l.Id == id))
            .OrderBy(t => t.Metadata.Name, StringComparer.Ordinal)];

    /// <summary>Times of last use are reported to the hour, so that a busy token is not a status write per resync.</summary>
    internal static DateTimeOffset? ToHour(DateTimeOffset? time) =>
        time is { } t ? new DateTimeOffset(t.UtcTicks - (t.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero) : null;
}

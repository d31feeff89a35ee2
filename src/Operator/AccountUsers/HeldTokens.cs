using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;
using HeldTokenStatus = ScimOperator.Crds.HeldToken;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>Joins the tokens a user holds at the account with the ScimTokens that manage them.</summary>
internal sealed class HeldTokens(Stores stores)
{
    private readonly AccountUse use = new(stores);

    /// <summary>For the guard.</summary>
    internal IReadOnlyList<Guard.HeldToken> ForGuard(IEnumerable<BackendToken> tokens, string ns, DateTimeOffset now) =>
        [.. tokens.Where(t => t.IsLive(now)).Select(t => use.Manager(t) is { } manager
            ? new Guard.HeldToken(t.Id, t.Description, $"{ns}/{manager.Metadata.Name}", manager.Spec.Secret.Name)
            : new Guard.HeldToken(t.Id, t.Description, null, null))];

    /// <summary>For status: the first <paramref name="most"/>.</summary>
    internal IReadOnlyList<HeldTokenStatus> ForStatus(IEnumerable<BackendToken> tokens, int most, DateTimeOffset now) =>
        [.. tokens.Where(t => t.IsLive(now)).Take(most).Select(t =>
        {
            var manager = use.Manager(t);
            return new HeldTokenStatus
            {
                Id = t.Id,
                Description = t.Description,
                ScimToken = manager?.Metadata.Name,
                Secret = manager?.Spec.Secret.Name,
                LastUsedAt = ToHour(t.LastUsedAt),
            };
        })];

    /// <summary>Times of last use are reported to the hour, so that a busy token is not a status write per resync.</summary>
    internal static DateTimeOffset? ToHour(DateTimeOffset? time) =>
        time is { } t ? new DateTimeOffset(t.UtcTicks - (t.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero) : null;
}

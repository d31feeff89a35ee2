using ScimOperator.Crds;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>
/// Decides what has to be done for one ScimToken: make before break. A new token is generated and published before an old
/// one is deleted, and an old one is deleted only when the new one works. Pure.
/// </summary>
public static class TokenPlanner
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);

    /// <summary>For so long a write that a process began before it ended may still arrive, and publish what it generated.</summary>
    private static readonly TimeSpan LateWrite = TimeSpan.FromMinutes(1);

    /// <summary>Plans. Planning again after the steps were taken gives no steps, until time or something else changes.</summary>
    public static TokenPlan Plan(TokenDesired desired, TokenObserved observed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(observed);
        var current = Current(observed);
        var orphans = observed.Tokens.Where(t => t != current && IsOrphan(t, current, observed)).ToList();
        var previous = observed.Tokens.Where(t => t != current && !orphans.Contains(t)).ToList();
        var renewal = current is null ? null : RenewalSchedule.Next(desired, current.Token);
        var cause = Cause(desired, observed, current, previous, renewal, now);
        var wait = Wait(desired, observed, current, previous, now);

        var actions = new List<TokenAction>();
        if (!desired.Frozen)
        {
            var (ripe, later) = SplitOrphans(orphans, observed, now);
            actions.AddRange(ripe.Select(o => new TokenAction.RevokeOrphan(o.Token.Id)));
            AddIssueOrRetire(actions, desired, observed, current, [.. previous, .. later], previous, cause, wait);
            if (actions.Exists(a => a is TokenAction.Issue))
            {
                actions.AddRange(later.Select(o => new TokenAction.RevokeOrphan(o.Token.Id)));
            }
        }

        var issuing = actions.Exists(a => a is TokenAction.Issue);
        return new TokenPlan(
            actions,
            current,
            previous,
            wait,
            issuing ? null : cause,
            renewal?.At,
            NextCheck(desired, observed, previous, orphans, cause, wait, renewal?.At, now));
    }

    /// <summary>
    /// Which orphans can go at once. With a Secret, a write to it keeps a late one out. Without one, a late creation could
    /// publish what is being deleted: a young orphan goes only after another token has been published in its stead.
    /// </summary>
    private static (List<OwnToken> Now, List<OwnToken> Later) SplitOrphans(List<OwnToken> orphans, TokenObserved observed, DateTimeOffset now) =>
        observed.Secret is not null
            ? (orphans, [])
            : (orphans.FindAll(o => o.Token.CreatedAt + LateWrite <= now), orphans.FindAll(o => o.Token.CreatedAt + LateWrite > now));

    /// <summary>How often to ask whether a new token has been used: often at first, then ever less so.</summary>
    public static TimeSpan PollInterval(TimeSpan sincePublished)
    {
        var quarter = sincePublished / 4;
        return quarter < ShortestPoll ? ShortestPoll : quarter > LongestPoll ? LongestPoll : quarter;
    }

    private static OwnToken? Current(TokenObserved observed) =>
        observed.Secret is { Intact: true, Deleting: false, TokenId: { } id } ? observed.Tokens.FirstOrDefault(t => t.Token.Id == id) : null;

    /// <summary>
    /// A token that was never published. What status names was; so was, most likely, what has been used, or what is older
    /// than the token now in the Secret (status may have been lost): such a token is retired with care instead.
    /// </summary>
    private static bool IsOrphan(OwnToken token, OwnToken? current, TokenObserved observed) =>
        token.Token.Id != observed.Secret?.TokenId
        && !observed.PublishedBefore.Contains(token.Token.Id)
        && token.Token.LastUsedAt is null
        && (current is null || token.Ordinal > current.Ordinal);

    private static IssueCause? Cause(
        TokenDesired desired,
        TokenObserved observed,
        OwnToken? current,
        List<OwnToken> previous,
        (DateTimeOffset At, IssueCause Cause)? renewal,
        DateTimeOffset now)
    {
        if (current is null)
        {
            return MissingCause(observed);
        }

        if (desired.OwnerId is { } owner && owner != current.Token.OwnerId)
        {
            return IssueCause.OwnerChanged;
        }

        var due = renewal is { } r && r.At <= now ? r.Cause : (IssueCause?)null;
        if (due == IssueCause.ExpiryNear)
        {
            return due;
        }

        // What is not urgent waits until the last rotation is over, so that tokens don't pile up while nobody picks them up.
        if (previous.Count > 0)
        {
            return null;
        }

        var requested = desired.RotateRequest is { } request
            && request != observed.HandledRotateRequest
            && request != observed.Secret?.RotateRequest;
        return due ?? (requested ? IssueCause.RotationRequested : null);
    }

    private static IssueCause MissingCause(TokenObserved observed) => observed.Secret switch
    {
        null or { Deleting: true } => observed.PublishedBefore.Count > 0 ? IssueCause.SecretLost : IssueCause.FirstIssue,
        { Intact: false } => IssueCause.SecretAltered,
        _ => IssueCause.TokenGone,
    };

    private static CutoverWait Wait(
        TokenDesired desired, TokenObserved observed, OwnToken? current, List<OwnToken> previous, DateTimeOffset now)
    {
        if (previous.Count == 0 || current is null)
        {
            return CutoverWait.None;
        }

        if (!current.OwnerIsActiveAdmin)
        {
            return CutoverWait.Owner;
        }

        if (desired.Cutover == CutoverPolicy.Immediate)
        {
            return CutoverWait.None;
        }

        if (desired.Cutover == CutoverPolicy.Verified && desired.UseIsReported && current.Token.LastUsedAt is null)
        {
            return CutoverWait.Use;
        }

        return now < PublishedAt(observed, current) + desired.Overlap ? CutoverWait.Overlap : CutoverWait.None;
    }

    private static void AddIssueOrRetire(
        List<TokenAction> actions,
        TokenDesired desired,
        TokenObserved observed,
        OwnToken? current,
        List<OwnToken> kept,
        List<OwnToken> previous,
        IssueCause? cause,
        CutoverWait wait)
    {
        if (cause is { } why)
        {
            if (desired.OwnerId is { } owner)
            {
                // The ordinal of an orphan is free again once it is deleted; taking it makes a late duplicate of its request collide.
                var highest = kept.Append(current).OfType<OwnToken>().Select(t => t.Ordinal).Append(observed.HighestOrdinal).Max();
                actions.Add(new TokenAction.Issue(highest + 1, owner, why));
            }

            return;
        }

        if (observed.Secret?.LayoutChecksum != desired.LayoutChecksum)
        {
            actions.Add(new TokenAction.Relayout());
        }

        if (current is not null && wait == CutoverWait.None)
        {
            actions.AddRange(previous.Select(p => new TokenAction.Retire(p.Token.Id)));
        }
    }

    private static DateTimeOffset? NextCheck(
        TokenDesired desired,
        TokenObserved observed,
        List<OwnToken> previous,
        List<OwnToken> orphans,
        IssueCause? cause,
        CutoverWait wait,
        DateTimeOffset? renewal,
        DateTimeOffset now)
    {
        var publishedAt = observed.Secret?.PublishedAt ?? now;
        DateTimeOffset? next = wait switch
        {
            CutoverWait.Use => now + PollInterval(now - publishedAt),
            CutoverWait.Overlap => publishedAt + desired.Overlap,
            _ => null,
        };
        var expiries = previous.Select(p => p.Token.ExpiresAt).Append(cause is null ? renewal : null).Append(next);
        expiries = expiries.Concat(orphans.Select(o => (DateTimeOffset?)(o.Token.CreatedAt + LateWrite)));
        return expiries.Where(e => e > now).Min();
    }

    private static DateTimeOffset PublishedAt(TokenObserved observed, OwnToken current) =>
        observed.Secret?.PublishedAt ?? current.Token.CreatedAt;
}

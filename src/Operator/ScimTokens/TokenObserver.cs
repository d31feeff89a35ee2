using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>Finds out what exists for a ScimToken: from memory, except where memory would make the plan destroy or replace something.</summary>
internal sealed class TokenObserver(Stores stores, SecretPublisher publisher, TokenOwnerResolver owners, TimeProvider time)
{
    /// <summary>Observes. <paramref name="live"/> reads the Secret from the API server instead of the cache.</summary>
    internal async Task<(TokenContext Context, TokenDesired Desired, TokenObserved Observed)> ObserveAsync(
        ScimToken token, Account account, AccountSession session, bool live, CancellationToken cancellationToken)
    {
        var secret = await ReadSecretAsync(token, live, cancellationToken);
        await FreshenAsync(token, session, secret, cancellationToken);
        var (ownerId, problem) = owners.Resolve(token, session);
        var url = AccountReport.ScimUrl(account, session.Account!);
        var context = new TokenContext(token, account, session, url, secret, problem);
        return (context, Desired(context, ownerId), Observed(context));
    }

    /// <summary>All live tokens of a ScimToken: by reference, and those that status names.</summary>
    internal IReadOnlyList<BackendToken> OwnTokens(ScimToken token, AccountSession session, string? publishedId)
    {
        var now = time.GetUtcNow();
        var named = (token.Status?.Tokens ?? []).Select(t => t.Id).Append(publishedId)
            .Select(id => id is null ? null : session.Inventory.Token(id)).OfType<BackendToken>();
        return [.. session.Inventory.TokensFor(token.Metadata.Uid!).Concat(named).DistinctBy(t => t.Id).Where(t => t.IsLive(now))];
    }

    private async Task<PublishedSecret?> ReadSecretAsync(ScimToken token, bool live, CancellationToken cancellationToken)
    {
        var cached = stores.Secrets.Indexer.Get(SecretPublisher.KeyOf(token));
        if (cached is not null && !live)
        {
            return SecretPublisher.IsOwn(cached, token) ? cached : throw new SecretTakenException(SecretPublisher.KeyOf(token));
        }

        // For a first issue the cache is trusted: creating the Secret fails if there is one. Otherwise a Secret that seems
        // lost may only have lost its label.
        var known = token.Status?.Tokens is { Count: > 0 } || HadSecretProblem(token);
        return live || known ? await publisher.ReadAsync(token, cancellationToken) : null;
    }

    private static bool HadSecretProblem(ScimToken token) =>
        token.Status?.Conditions?.Any(c => c.Reason == Reasons.SecretNotOurs) == true;

    private async Task FreshenAsync(ScimToken token, AccountSession session, PublishedSecret? secret, CancellationToken cancellationToken)
    {
        var publishedId = secret?.Annotation(WellKnown.TokenId);
        if (publishedId is not null && session.Inventory.Token(publishedId) is null)
        {
            // A reading that missed a page must not look like a revoked token.
            await session.ReadTokenAsync(publishedId, cancellationToken);
        }

        if (session.Account!.Capabilities.LastUse == true && OwnTokens(token, session, publishedId).Count > 1)
        {
            var age = time.GetUtcNow() - (secret?.PublishedAt ?? time.GetUtcNow());
            await session.RefreshTokensAsync(TokenPlanner.PollInterval(age) / 2, cancellationToken);
        }
    }

    private static TokenDesired Desired(TokenContext context, string? ownerId)
    {
        var (token, spec) = (context.Token, context.Token.Spec);
        return new TokenDesired
        {
            Uid = token.Metadata.Uid!,
            OwnerId = ownerId,
            Every = Parse(spec.Rotation?.Every),
            RenewBefore = Parse(spec.Rotation?.RenewBefore),
            Overlap = GoDuration.ParseOr(spec.Rotation?.Overlap, TimeSpan.FromHours(1)),
            Cutover = spec.Rotation?.Cutover ?? CutoverPolicy.Verified,
            UseIsReported = context.Session.Account!.Capabilities.LastUse == true,
            RotateRequest = token.Annotation(WellKnown.RotateRequestedAt),
            LayoutChecksum = TokenSecretContent.LayoutChecksum(token, context.ScimUrl),
            Frozen = IsSuspended(token) || context.Account.Spec.ManagementPolicy == ManagementPolicy.Observe,
        };
    }

    /// <summary>Whether spec.suspend or the paused annotation stops the controller.</summary>
    internal static bool IsSuspended(ScimToken token) =>
        token.Spec.Suspend == true || (token.Annotation(WellKnown.Paused) is { } paused && paused != "false");

    private static TimeSpan? Parse(string? text) => GoDuration.TryParse(text, out var value) && value > TimeSpan.Zero ? value : null;

    private TokenObserved Observed(TokenContext context)
    {
        var (token, session) = (context.Token, context.Session);
        var own = OwnTokens(token, session, context.Secret?.Annotation(WellKnown.TokenId));
        return new TokenObserved(
            context.Secret is { } secret ? Facts(secret) : null,
            [.. own.Select(t => new OwnToken(t, Ordinal(token, t), session.Inventory.UserById(t.OwnerId) is { State.IsActiveAdmin: true }))],
            (token.Status?.Tokens ?? []).Select(t => t.Id).ToHashSet(StringComparer.Ordinal),
            (token.Status?.Tokens ?? []).Select(t => t.Ordinal ?? 0).DefaultIfEmpty(0).Max(),
            token.Status?.LastHandledRotateAt);
    }

    private static SecretFacts Facts(PublishedSecret secret)
    {
        var labelled = secret.Metadata.Labels?.GetValueOrDefault(WellKnown.ManagedByLabel) == WellKnown.ManagedByValue;
        return new SecretFacts(
            secret.Annotation(WellKnown.TokenId),
            secret.PublishedAt,
            secret.IsIntact,
            labelled ? TokenSecretContent.LayoutOf(secret) : null,
            secret.Annotation(WellKnown.RotateRequestedAt),
            secret.IsDeleting());
    }

    private static int Ordinal(ScimToken token, BackendToken backend) =>
        TokenReference.TryParse(backend.Reference, out var reference) && reference.Uid == token.Metadata.Uid
            ? reference.Ordinal
            : token.Status?.Tokens?.FirstOrDefault(t => t.Id == backend.Id)?.Ordinal ?? 0;
}

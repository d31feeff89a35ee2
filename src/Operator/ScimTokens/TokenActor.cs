using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Events;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>
/// Carries out the steps of a plan, each of which may be repeated at any time. Before anything is deleted, what the plan
/// rests on is read again live; when it does not hold any more, nothing happens and the next pass plans anew.
/// </summary>
internal sealed class TokenActor(SecretPublisher publisher, IEventRecorder events)
{
    internal Task ActAsync(TokenContext context, TokenPlan plan, TokenAction action, CancellationToken cancellationToken) => action switch
    {
        TokenAction.RevokeOrphan orphan => RevokeOrphanAsync(context, orphan, cancellationToken),
        TokenAction.Issue issue => IssueAsync(context, issue, cancellationToken),
        TokenAction.Relayout => RelayoutAsync(context, plan, cancellationToken),
        TokenAction.Retire retire => RetireAsync(context, plan, retire, cancellationToken),
        _ => throw new InvalidOperationException($"No way to carry out: {action}"),
    };

    /// <summary>Deletes all tokens of a ScimToken that is being deleted.</summary>
    internal async Task RevokeAllAsync(ScimToken token, AccountSession session, IEnumerable<BackendToken> tokens, CancellationToken cancellationToken)
    {
        foreach (var own in tokens)
        {
            await session.DeleteTokenAsync(own.Id, cancellationToken);
            Record(token, Reasons.TokenRevoked, $"Deleted token {own.Id} (...{own.LastFour}) at the account, because this object is deleted.");
        }
    }

    /// <summary>
    /// Deletes what was generated for a Secret that turned out to be somebody else's, should the deletion right after have
    /// failed. What status names was published once, and an identity provider may have it: it stays.
    /// </summary>
    internal async Task RevokeUnpublishedAsync(ScimToken token, AccountSession session, IEnumerable<BackendToken> tokens, CancellationToken cancellationToken)
    {
        var published = (token.Status?.Tokens ?? []).Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var own in tokens.Where(t => !published.Contains(t.Id)))
        {
            if (await session.ReadTokenAsync(own.Id, cancellationToken) is { LastUsedAt: null })
            {
                await session.DeleteTokenAsync(own.Id, cancellationToken);
                Record(token, Reasons.OrphanRevoked, $"Deleted token {own.Id}, which was generated but never published.");
            }
        }
    }

    /// <summary>Once another token is published, a late publication of the orphans is kept out, and they can go.</summary>
    internal async Task RevokeReplacedAsync(TokenContext context, TokenPlan plan, CancellationToken cancellationToken)
    {
        var orphans = plan.Actions.OfType<TokenAction.RevokeOrphan>().ToList();
        if (orphans.Count > 0 && await publisher.ReadAsync(context.Token, cancellationToken) is not null)
        {
            foreach (var orphan in orphans)
            {
                await RevokeOrphanAsync(context, orphan, cancellationToken);
            }
        }
    }

    private async Task RevokeOrphanAsync(TokenContext context, TokenAction.RevokeOrphan action, CancellationToken cancellationToken)
    {
        var orphan = await context.Session.ReadTokenAsync(action.Id, cancellationToken);
        var secret = await publisher.ReadAsync(context.Token, cancellationToken);
        if (secret?.Annotation(WellKnown.TokenId) == action.Id)
        {
            // The cache does not show this Secret (its label may be gone): only a live look gets any further.
            throw new SecretChangedException();
        }

        if (orphan is null or { LastUsedAt: not null })
        {
            return;
        }

        if (context.Secret is not null)
        {
            // A process that ended may have left a write under way that publishes this very token: now it comes too late.
            await publisher.FenceAsync(context.Token, secret ?? throw new SecretChangedException(), action.Id, cancellationToken);
        }

        await context.Session.DeleteTokenAsync(action.Id, cancellationToken);
        Record(context.Token, Reasons.OrphanRevoked, $"Deleted token {action.Id}, which was generated but never published.");
    }

    private async Task IssueAsync(TokenContext context, TokenAction.Issue action, CancellationToken cancellationToken)
    {
        var token = context.Token;
        var lifetime = GoDuration.TryParse(token.Spec.ExpiresAfter, out var life) ? life : (TimeSpan?)null;
        var reference = new TokenReference(token.Metadata.Uid!, action.Ordinal).ToString();
        MintedToken minted;
        try
        {
            minted = await context.Session.MintTokenAsync(
                new MintRequest(action.OwnerId, token.Spec.Description ?? token.Metadata.Name, reference, lifetime), cancellationToken);
        }
        catch (BackendException e) when (e is { Error: BackendError.ReferenceConflict, ExistingId: { } existing })
        {
            // An earlier try did generate a token. Knowing it, the next pass decides what it is.
            await context.Session.ReadTokenAsync(existing, cancellationToken);
            return;
        }

        try
        {
            await publisher.PublishAsync(token, context.Secret, context.ScimUrl, minted.Token.Id, minted.Value, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsAlreadyExists)
        {
            await AbandonIfTakenAsync(context, minted.Token.Id, cancellationToken);
            throw new SecretChangedException();
        }

        Record(token, Reasons.TokenPublished, $"Published token {minted.Token.Id} (...{minted.Token.LastFour}), issued to {token.Spec.OwnerRef.Name}, in Secret {token.Spec.Secret.Name}: {Describe(action.Cause)}.");
    }

    /// <summary>A Secret of somebody else is in the way: the token just generated has no place to go.</summary>
    private async Task AbandonIfTakenAsync(TokenContext context, string mintedId, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.ReadAsync(context.Token, cancellationToken);
        }
        catch (SecretTakenException)
        {
            await context.Session.DeleteTokenAsync(mintedId, cancellationToken);
            throw;
        }
    }

    private async Task RelayoutAsync(TokenContext context, TokenPlan plan, CancellationToken cancellationToken)
    {
        if (!await publisher.RelayoutAsync(context.Token, context.Secret!, context.ScimUrl, plan.Current!.Token.Id, cancellationToken))
        {
            throw new SecretChangedException();
        }
    }

    private async Task RetireAsync(TokenContext context, TokenPlan plan, TokenAction.Retire action, CancellationToken cancellationToken)
    {
        var current = plan.Current!.Token;
        var secret = await publisher.ReadAsync(context.Token, cancellationToken);
        if (secret is not { IsIntact: true } || secret.Annotation(WellKnown.TokenId) != current.Id)
        {
            throw new SecretChangedException();
        }

        var live = await context.Session.ReadTokenAsync(current.Id, cancellationToken);
        if (live is null)
        {
            return;
        }

        await context.Session.DeleteTokenAsync(action.Id, cancellationToken);
        Record(context.Token, Reasons.TokenRetired, $"Deleted token {action.Id} at the account, replaced by {current.Id} (...{current.LastFour}).");
    }

    private static string Describe(IssueCause cause) => cause switch
    {
        IssueCause.FirstIssue => "there was none",
        IssueCause.SecretLost => "the Secret was gone",
        IssueCause.SecretAltered => "the Secret had been altered",
        IssueCause.TokenGone => "the token in the Secret had expired or been deleted at the account",
        IssueCause.OwnerChanged => "another owner is declared",
        IssueCause.ExpiryNear => "the token before it expires soon",
        IssueCause.RotationDue => "spec.rotation.every has passed",
        _ => "a rotation was requested",
    };

    private void Record(ScimToken token, string reason, string note) =>
        events.Record(token, GroupVersion.ApiVersion, nameof(ScimToken), warning: false, reason, note);
}

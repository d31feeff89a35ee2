using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>
/// Looks after a ScimToken whose managementPolicy is Observe: finds out whether the Secret is there, whose token it holds
/// and whether that works. Writes nothing but the status.
/// </summary>
internal sealed class ObservedTokens(IKubeClient client, TokenOwnerResolver owners, TimeProvider time)
{
    internal static bool Observes(ScimToken token) => token.Spec.ManagementPolicy == ManagementPolicy.Observe;

    /// <summary>The status, and what is wrong; null when nothing is.</summary>
    internal async Task<(ScimTokenStatus Status, Problem? Problem)> ObserveAsync(
        ScimToken token, Account account, AccountSession session, CancellationToken cancellationToken)
    {
        var secret = await client.GetAsync(SecretTypes.Opaque, Indexes.Sibling(token, token.Spec.Secret.Name), cancellationToken);
        var (ownerId, ownerProblem) = owners.Resolve(token, session);
        if (secret is null || Value(token, secret) is not { } value)
        {
            var missing = Missing(token, secret is not null);
            return (ObservedReport.Compute(token, null, secret is not null, missing, "", time.GetUtcNow()), missing);
        }

        var (known, problem, verdict) = await JudgeAsync(token, account, session, secret, value, ownerId, cancellationToken);
        problem ??= ownerProblem;
        return (ObservedReport.Compute(token, known, true, problem, verdict, time.GetUtcNow()), problem);
    }

    private async Task<(BackendToken? Known, Problem? Problem, string Verdict)> JudgeAsync(
        ScimToken token, Account account, AccountSession session, OpaqueSecret secret, string value, string? ownerId, CancellationToken cancellationToken)
    {
        if (TokenId(token, secret) is { } id && session.Account!.Capabilities.Tokens != false)
        {
            var known = session.Inventory.Token(id) ?? await session.ReadTokenAsync(id, cancellationToken);
            return known is not null && known.IsLive(time.GetUtcNow()) && (known.LastFour is null || value.EndsWith(known.LastFour, StringComparison.Ordinal))
                ? (known, OwnerProblem(token, session, known, ownerId), "the account lists it as live")
                : (null, Refused(token, $"the account has no live token {id}, the id that stands beside it, with this value"), "");
        }

        var (problem, verdict) = await TryAsync(token, account, session, value, cancellationToken);
        return (null, problem, verdict);
    }

    private static async Task<(Problem? Problem, string Verdict)> TryAsync(
        ScimToken token, Account account, AccountSession session, string value, CancellationToken cancellationToken)
    {
        if (TokenObserver.IsSuspended(token) || !Uri.TryCreate(AccountReport.ScimUrl(account, session.Account!), UriKind.Absolute, out var url))
        {
            return (null, "it was not tried");
        }

        try
        {
            return await session.Connection.Driver.TryTokenAsync(url, value, cancellationToken) switch
            {
                null => (null, "whether it works can't be found out"),
                { Accepted: true } => (null, "the service provider accepts it"),
                { } refused => (Refused(token, refused.Words), ""),
            };
        }
        catch (BackendException e)
        {
            // The endpoint for identity providers may be another than the account's own: its failure is this object's only.
            return (new Problem(Reasons.Unreachable, $"Secret {token.Spec.Secret.Name} exists, and whether its token works is not known: {e.Message}.", ConditionStatus.Unknown, RetryAfter: e.RetryAfter), "");
        }
    }

    private static Problem? OwnerProblem(ScimToken token, AccountSession session, BackendToken known, string? ownerId) => ownerId is null || known.OwnerId == ownerId
        ? null
        : new Problem(
            Reasons.OwnerDiffers,
            $"The token in Secret {token.Spec.Secret.Name} ({known.Id}) was issued to {session.Inventory.UserById(known.OwnerId)?.Email ?? known.OwnerId}, and spec.ownerRef names {token.Spec.OwnerRef.Name}. Name the AccountUser that it was issued to.");

    private static Problem Refused(ScimToken token, string why) => new(
        Reasons.TokenRefused,
        $"The token in Secret {token.Spec.Secret.Name} does not work: {why}. Have an active admin generate another and put it there.");

    private static Problem Missing(ScimToken token, bool exists)
    {
        var (name, key) = (token.Spec.Secret.Name, Key(token));
        return new Problem(
            Reasons.SecretNotFound,
            exists
                ? $"Secret {name} holds no token under the key {key}: put one there, in one line of visible ASCII characters, or correct spec.secret.keys.token."
                : $"Secret {name} does not exist, and this ScimToken only observes it (spec.managementPolicy). Create it with the token under the key {key}.");
    }

    private static string Key(ScimToken token) => token.Spec.Secret.Keys?.Token ?? "token";

    private static string? Value(ScimToken token, OpaqueSecret secret) => Text(secret, Key(token)) is { } value && value.All(c => c is > ' ' and < '\x7f') ? value : null;

    private static string? TokenId(ScimToken token, OpaqueSecret secret) => Text(secret, token.Spec.Secret.Keys?.TokenId ?? "tokenId");

    private static string? Text(OpaqueSecret secret, string key) =>
        secret.Data?.GetValueOrDefault(key) is { } bytes && Encoding.UTF8.GetString(bytes).Trim() is { Length: > 0 } text ? text : null;
}

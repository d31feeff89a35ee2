using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.Accounts;
using ScimOperator.Operator.AccountUsers;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Operator.Admission;

/// <summary>Asks the account itself about a user, within a short time, for a request that waits for the answer.</summary>
internal sealed class LiveUserFacts(Stores stores, IAccountConnector connector, TimeProvider time, TimeSpan patience)
{
    private readonly HeldTokens held = new(stores);

    /// <summary>The user, its tokens and the other admins as the account has them now; or why that is not known.</summary>
    internal async Task<Answer> AskAsync(AccountUser user, CancellationToken cancellationToken)
    {
        var accountKey = Indexes.Sibling(user, user.Spec.AccountRef.Name);
        if (stores.Accounts.Indexer.Get(accountKey) is not { } account)
        {
            return Answer.NoSuchUser;
        }

        using var deadline = new CancellationTokenSource(patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await AskAsync(user, account, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Answer.Unknown($"Account {accountKey} did not answer within {patience.TotalSeconds:0.#} s");
        }
        catch (BackendException e)
        {
            return Answer.Unknown($"Account {accountKey} could not be asked ({e.Message})");
        }
        catch (ConnectionException e)
        {
            return Answer.Unknown(e.Problem.Message.TrimEnd('.'));
        }
        catch (Exception e) when (e is KubeApiException or HttpRequestException or TimeoutException)
        {
            return Answer.Unknown($"the credential of Account {accountKey} could not be read ({e.Message})");
        }
    }

    private async Task<Answer> AskAsync(AccountUser user, Account account, CancellationToken cancellationToken)
    {
        var driver = (await ConnectAsync(account, cancellationToken)).Driver;
        var found = await driver.FindUserAsync(user.Spec.Email, cancellationToken);
        if (found is null)
        {
            return Answer.NoSuchUser;
        }

        if (!found.State.IsActiveAdmin)
        {
            return new Answer(found.State, TokenKnowledge.Live([]), new AdminFacts(1, false));
        }

        var tokens = held.ForGuard(await driver.ListTokensAsync(found.Id, cancellationToken), user, time.GetUtcNow());
        if (tokens.Count > 0)
        {
            return new Answer(found.State, TokenKnowledge.Live(tokens), default);
        }

        var self = await driver.GetAccountAsync(cancellationToken);
        var others = (await driver.ListUsersAsync(cancellationToken)).Count(u => u.Id != found.Id && u.State.IsActiveAdmin);
        return new Answer(found.State, TokenKnowledge.Live(tokens), new AdminFacts(others, self.CredentialAdminId == found.Id));
    }

    private async Task<AccountConnection> ConnectAsync(Account account, CancellationToken cancellationToken)
    {
        try
        {
            return await connector.ConnectAsync(account, cancellationToken);
        }
        catch (ConnectionException e) when (e.Problem.Reason == Reasons.CredentialsNotFound && connector.LastKnown(account) is not null)
        {
            return connector.LastKnown(account)!;
        }
    }

    /// <summary>What the account said.</summary>
    /// <param name="State">What the user is now; null when there is no such user, or it is not known.</param>
    /// <param name="Tokens">The tokens the user holds.</param>
    /// <param name="Facts">What else bears on losing an admin.</param>
    internal sealed record Answer(UserState? State, TokenKnowledge Tokens, AdminFacts Facts)
    {
        internal static Answer NoSuchUser { get; } = new(null, TokenKnowledge.Live([]), default);

        internal static Answer Unknown(string gap) => new(null, TokenKnowledge.Partial([], gap), default);
    }
}

using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Controllers;

namespace ScimOperator.Operator.ScimTokens;

/// <summary>
/// Issues, publishes, rotates and retires the tokens of one ScimToken. Passes of observe, plan and act repeat until
/// a plan has nothing left to do now; then the status is written, once.
/// </summary>
internal sealed class ScimTokenReconciler(
    Stores stores,
    AccountSessions sessions,
    FinalizerWriter<ScimToken> finalizer,
    StatusWriter<ScimToken, ScimTokenStatus> status,
    TokenObserver observer,
    TokenActor actor,
    ObservedTokens observed,
    CutoverEvents cutover,
    TimeProvider time) : IReconciler
{
    private const int MostPasses = 6;
    private static readonly TimeSpan ProblemRecheck = TimeSpan.FromMinutes(1);

    /// <summary>How old the reading may be by which the tokens of a deleted object are found; many deletions share one.</summary>
    private static readonly TimeSpan DeletionFreshness = TimeSpan.FromSeconds(2);

    public async Task<Result> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (stores.Tokens.Indexer.Get(key) is not { } token)
        {
            OperatorMetrics.ForgetToken(key);
            return Result.Done;
        }

        if (!token.IsDeleting() && !ObservedTokens.Observes(token) && await finalizer.EnsureAsync(token, cancellationToken))
        {
            return Result.After(TimeSpan.Zero);
        }

        var accountKey = Indexes.Sibling(token, token.Spec.AccountRef.Name);
        var account = stores.Accounts.Indexer.Get(accountKey);
        var session = sessions.Get(accountKey);
        if (token.IsDeleting() && KeepsTokens(token, account))
        {
            await finalizer.RemoveAsync(token, cancellationToken);
            return Result.Done;
        }

        if (AccountProblems.Find(accountKey, account, session) is { } gap)
        {
            return gap.Problem is null || AccountProblems.IsSettled(token, token.Status?.Conditions, token.Status?.ObservedGeneration)
                ? Result.Done
                : await ReportUnobservedAsync(token, gap.Problem, cancellationToken);
        }

        return await GuardedAsync(token, account, session!, () => WorkAsync(token, account!, session!, cancellationToken), cancellationToken);
    }

    private Task<Result> WorkAsync(ScimToken token, Account account, AccountSession session, CancellationToken cancellationToken) => token switch
    {
        _ when token.IsDeleting() => DeleteAsync(token, session, cancellationToken),
        _ when ObservedTokens.Observes(token) => ObserveAsync(token, account, session, cancellationToken),
        _ when session.Account!.Capabilities.Tokens == false => ReportUnobservedAsync(token, Unmanageable(token, account), cancellationToken),
        _ => ApplyAsync(token, account, session, cancellationToken),
    };

    private static Problem Unmanageable(ScimToken token, Account account) => new(
        Reasons.UnsupportedDriver,
        $"Account {account.Key()} has driver {account.Spec.Driver}, and its service provider has no API for tokens: none can be generated. Have an active admin generate one there, put it into Secret {token.Spec.Secret.Name} under the key {token.Spec.Secret.Keys?.Token ?? "token"}, and set spec.managementPolicy to Observe.",
        Terminal: true);

    private async Task<Result> ObserveAsync(ScimToken token, Account account, AccountSession session, CancellationToken cancellationToken)
    {
        var (report, problem) = await observed.ObserveAsync(token, account, session, cancellationToken);
        OperatorMetrics.ReportToken(token.Key(), null, report.ExpiresAt, null);
        await status.WriteAsync(token, report, cancellationToken);
        // The Secret is nobody's that is watched: it is looked at again in the rhythm of the account.
        return Result.After(problem is null ? AccountReconciler.Interval(account) : problem.RetryAfter ?? ProblemRecheck);
    }

    private static bool KeepsTokens(ScimToken token, Account? account) =>
        ObservedTokens.Observes(token) || token.Spec.DeletionPolicy == TokenDeletionPolicy.Retain || account?.Spec.ManagementPolicy == ManagementPolicy.Observe;

    private async Task<Result> GuardedAsync(ScimToken token, Account? account, AccountSession session, Func<Task<Result>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await TakenAsync(token, account, session, work, cancellationToken);
        }
        catch (BackendException e)
        {
            return await ReportUnobservedAsync(token, e.ToProblem(), cancellationToken);
        }
    }

    /// <summary>Works; when the Secret turns out to be somebody else's, what was generated for it goes.</summary>
    private async Task<Result> TakenAsync(ScimToken token, Account? account, AccountSession session, Func<Task<Result>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (SecretTakenException e)
        {
            if (!TokenObserver.IsSuspended(token) && account?.Spec.ManagementPolicy != ManagementPolicy.Observe)
            {
                await actor.RevokeUnpublishedAsync(token, session, observer.OwnTokens(token, session, null), cancellationToken);
            }

            var words = $"Secret {e.Secret} exists and is not this ScimToken's; it is not touched. Delete it, or create another ScimToken with another spec.secret.name.";
            return await ReportUnobservedAsync(token, new Problem(Reasons.SecretNotOurs, words, Terminal: true, RetryAfter: ProblemRecheck), cancellationToken);
        }
    }

    private async Task<Result> ApplyAsync(ScimToken token, Account account, AccountSession session, CancellationToken cancellationToken)
    {
        var live = false;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var (context, desired, observed) = await observer.ObserveAsync(token, account, session, live, cancellationToken);
            var plan = TokenPlanner.Plan(desired, observed, time.GetUtcNow());
            if (plan.Actions.Count == 0)
            {
                return await ReportAsync(context, plan, cancellationToken);
            }

            // A cache that was wrong once is not asked again in this reconcile: it may be wrong for long.
            live |= !await TryActAsync(context, plan, cancellationToken);
        }

        return Result.Retry;
    }

    /// <summary>Carries out the first step; false when the Secret turned out not to be as observed.</summary>
    private async Task<bool> TryActAsync(TokenContext context, TokenPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await actor.ActAsync(context, plan, plan.Actions[0], cancellationToken);
            if (plan.Actions[0] is TokenAction.Issue)
            {
                await actor.RevokeReplacedAsync(context, plan, cancellationToken);
            }

            return true;
        }
        catch (SecretChangedException)
        {
            return false;
        }
        catch (KubeApiException e) when (e.IsConflict)
        {
            return false;
        }
    }

    private async Task<Result> ReportAsync(TokenContext context, TokenPlan plan, CancellationToken cancellationToken)
    {
        var token = context.Token;
        var now = time.GetUtcNow();
        var problem = Problem(context, plan);
        var facts = new TokenReport.PublicationFacts(context.Secret is not null, context.Secret?.PublishedAt, context.Secret?.Annotation(WellKnown.RotateRequestedAt));
        var report = TokenReport.Compute(token, plan, facts, problem, id => OwnerName(token, context.Session, id), now);
        var pending = report.Conditions?.FirstOrDefault(c => c.Type == ConditionTypes.CutoverPending);
        OperatorMetrics.ReportToken(token.Key(), pending?.LastTransitionTime, report.ExpiresAt, report.RenewalTime);
        if (await status.WriteAsync(token, report, cancellationToken))
        {
            cutover.Record(token, report, plan.Previous.Count);
        }

        var next = plan.NextCheck is { } at ? at - now : (TimeSpan?)null;
        return new Result(problem is null ? next : Earlier(next, ProblemRecheck));
    }

    private static Problem? Problem(TokenContext context, TokenPlan plan)
    {
        if (plan.Wanted is { } wanted && TokenObserver.IsSuspended(context.Token))
        {
            return new Problem(Reasons.Suspended, $"ScimToken {context.Token.Key()} is suspended, and a new token is due ({wanted}). Remove spec.suspend and the annotation {WellKnown.Paused} to go on.", Terminal: true);
        }

        if (plan.Wanted is { } due && context.Account.Spec.ManagementPolicy == ManagementPolicy.Observe)
        {
            return new Problem(Reasons.ObserveOnly, $"The account's managementPolicy is Observe. With Manage the operator would issue a token now ({due}).", Terminal: true);
        }

        if (plan.Current is { OwnerIsActiveAdmin: false } dead)
        {
            return new Problem(
                Reasons.OwnerNotActiveAdmin,
                $"Provisioning is down: token {dead.Token.Id} in Secret {context.Token.Spec.Secret.Name} does not work, because its owner is not an active admin at the account. Set spec.ownerRef to an active admin. {context.OwnerProblem?.Message}".TrimEnd());
        }

        return context.OwnerProblem;
    }

    private async Task<Result> DeleteAsync(ScimToken token, AccountSession session, CancellationToken cancellationToken)
    {
        // What is not found now is never found again: nothing looks for the tokens of an object that is gone.
        await session.RefreshTokensAsync(session.IsUncertain(token.Metadata.Uid!) ? TimeSpan.Zero : DeletionFreshness, cancellationToken);
        foreach (var named in (token.Status?.Tokens ?? []).Where(t => session.Inventory.Token(t.Id) is null))
        {
            await session.ReadTokenAsync(named.Id, cancellationToken);
        }

        await actor.RevokeAllAsync(token, session, observer.OwnTokens(token, session, null), cancellationToken);
        await finalizer.RemoveAsync(token, cancellationToken);
        return Result.Done;
    }

    private async Task<Result> ReportUnobservedAsync(ScimToken token, Problem problem, CancellationToken cancellationToken)
    {
        var words = token.IsDeleting()
            ? problem with { Message = $"{problem.Message} To delete this object and leave its token alone, set spec.deletionPolicy to Retain." }
            : problem;
        await status.WriteAsync(token, TokenReport.Unobserved(token, words, time.GetUtcNow()), cancellationToken);
        return problem switch
        {
            { Reason: Reasons.AccountNotFound or Reasons.AccountNotReady } => Result.Done,
            { Terminal: true } => Result.After(problem.RetryAfter ?? ProblemRecheck),
            _ => new Result(problem.RetryAfter, Failed: true),
        };
    }

    private string? OwnerName(ScimToken token, AccountSession session, string ownerId) =>
        session.Inventory.UserById(ownerId) is { } user
        && stores.Users.Indexer.ByIndex(Indexes.Email, Indexes.ByEmail(token.Metadata.Namespace, token.Spec.AccountRef.Name, user.Email)) is [var named, ..]
            ? named.Metadata.Name
            : null;

    private static TimeSpan Earlier(TimeSpan? a, TimeSpan b) => a is { } value && value < b ? value : b;
}

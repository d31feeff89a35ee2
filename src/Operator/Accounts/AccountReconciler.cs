using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Controllers;

namespace ScimOperator.Operator.Accounts;

/// <summary>Keeps the session of an Account: connects, reads users and tokens in full every resync interval, reports.</summary>
internal sealed class AccountReconciler(
    Stores stores,
    AccountSessions sessions,
    IAccountConnector connector,
    FinalizerWriter<Account> finalizer,
    StatusWriter<Account, AccountStatus> status,
    TimeProvider time) : IReconciler
{
    private static readonly TimeSpan DefaultResync = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestResync = TimeSpan.FromSeconds(5);

    private readonly AccountUse use = new(stores);

    /// <summary>Raised when an account's objects can be reconciled again, all of them.</summary>
    internal event Action<ObjectKey>? Recovered;

    public async Task<Result> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (stores.Accounts.Indexer.Get(key) is not { } account)
        {
            sessions.Close(key);
            OperatorMetrics.ForgetAccount(key);
            return Result.Done;
        }

        if (account.IsDeleting() && use.DecideDelete(account).IsAllowed)
        {
            sessions.Close(key);
            await finalizer.RemoveAsync(account, cancellationToken);
            return Result.Done;
        }

        if (!account.IsDeleting() && await finalizer.EnsureAsync(account, cancellationToken))
        {
            return Result.After(TimeSpan.Zero);
        }

        var (session, problem) = await EnsureSyncedAsync(account, cancellationToken);
        await ReportAsync(account, session, problem, cancellationToken);
        return problem is null
            ? Result.After(NextSync(account, session!))
            : new Result(problem.RetryAfter, Failed: true);
    }

    private async Task<(AccountSession? Session, Problem? Problem)> EnsureSyncedAsync(Account account, CancellationToken cancellationToken)
    {
        var current = sessions.Get(account.Key());
        if (current is { IsUsable: true } && !IsDue(account, current))
        {
            return (current, null);
        }

        try
        {
            var session = sessions.Open(account.Key(), await connector.ConnectAsync(account, cancellationToken));
            var wasUsable = session.IsUsable;
            await session.SyncAsync(cancellationToken);
            if (PlanProblem(account, session) is { } refused)
            {
                session.MarkUnusable(refused);
                return (session, refused);
            }

            if (!wasUsable)
            {
                Recovered?.Invoke(account.Key());
            }

            return (session, null);
        }
        catch (ConnectionException e)
        {
            current?.MarkUnusable(e.Problem);
            return (current, e.Problem);
        }
        catch (BackendException e)
        {
            var problem = e.ToProblem();
            return (sessions.Get(account.Key()), problem with { Message = $"Account {account.Key()} can't be read: {problem.Message}" });
        }
        catch (Exception e) when (e is KubeApiException or HttpRequestException or TimeoutException)
        {
            return (current, new Problem(Reasons.Failed, $"The Secret with the credential of Account {account.Key()} can't be read: {e.Message}", ConditionStatus.Unknown));
        }
    }

    private bool IsDue(Account account, AccountSession session) =>
        time.GetUtcNow() - session.SyncedAt >= Interval(account)
        || account.Metadata.Generation != account.Status?.ObservedGeneration
        || account.Annotation(WellKnown.ReconcileRequestedAt) != account.Status?.LastHandledReconcileAt;

    private TimeSpan NextSync(Account account, AccountSession session)
    {
        var left = session.SyncedAt!.Value + Interval(account) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>How often the account is read in full.</summary>
    internal static TimeSpan Interval(Account account)
    {
        var asked = GoDuration.ParseOr(account.Spec.ResyncInterval, DefaultResync);
        return asked < ShortestResync ? ShortestResync : asked;
    }

    private static Problem? PlanProblem(Account account, AccountSession session) =>
        session.Account!.Plan is null || string.Equals(session.Account.Plan, "Enterprise", StringComparison.OrdinalIgnoreCase)
            ? null
            : new Problem(
                Reasons.PlanRequired,
                $"Account {account.Key()} is on plan {session.Account.Plan}, and SCIM needs an Enterprise plan. Change the plan, or point spec.url at an account that has it.",
                Terminal: true);

    private async Task ReportAsync(Account account, AccountSession? session, Problem? problem, CancellationToken cancellationToken)
    {
        var unmanaged = session?.SyncedAt is null ? [] : use.Unmanaged(session.Inventory);
        var blocked = account.IsDeleting() && use.DecideDelete(account) is { IsAllowed: false } decision ? decision.Message : null;
        OperatorMetrics.ReportAccount(account.Key(), problem is null, unmanaged.Count);
        await status.WriteAsync(account, AccountReport.Compute(account, session, problem, unmanaged, blocked, time.GetUtcNow()), cancellationToken);
    }
}

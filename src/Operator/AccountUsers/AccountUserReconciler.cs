using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.Reporting;
using ScimOperator.Runtime.Controllers;
using ScimOperator.Runtime.Events;

namespace ScimOperator.Operator.AccountUsers;

/// <summary>Brings one user of an account to its declared state; never past the guard.</summary>
internal sealed class AccountUserReconciler(
    Stores stores,
    AccountSessions sessions,
    FinalizerWriter<AccountUser> finalizer,
    StatusWriter<AccountUser, AccountUserStatus> status,
    IEventRecorder events,
    TimeProvider time) : IReconciler
{
    /// <summary>A refusal ends when tokens or admins change, which wakes the object; this is for what happens unseen.</summary>
    private static readonly TimeSpan RefusalRecheck = TimeSpan.FromMinutes(1);

    /// <summary>Until then whoever was just acting has the person, or has failed to get it.</summary>
    private static readonly TimeSpan ClaimRecheck = TimeSpan.FromSeconds(5);

    private readonly HeldTokens held = new(stores);
    private readonly UserGuardian guardian = new(stores, time);
    private readonly EmailClaims claims = new(stores);

    public async Task<Result> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (stores.Users.Indexer.Get(key) is not { } user)
        {
            return Result.Done;
        }

        if (Paused(user))
        {
            return await ReportAsync(user, null, null, new Problem(Reasons.Suspended, $"AccountUser {key} is paused by the annotation {WellKnown.Paused}."), cancellationToken);
        }

        if (user.IsDeleting())
        {
            return await DeleteAsync(user, cancellationToken);
        }

        if (await finalizer.EnsureAsync(user, cancellationToken))
        {
            return Result.After(TimeSpan.Zero);
        }

        return await ApplyAsync(user, cancellationToken);
    }

    private async Task<Result> ApplyAsync(AccountUser user, CancellationToken cancellationToken)
    {
        var accountKey = Indexes.Sibling(user, user.Spec.AccountRef.Name);
        var account = stores.Accounts.Indexer.Get(accountKey);
        var session = sessions.Get(accountKey);
        if (AccountProblems.Find(accountKey, account, session) is { } gap)
        {
            return gap.Problem is null || AccountProblems.IsSettled(user, user.Status?.Conditions, user.Status?.ObservedGeneration)
                ? Result.Done
                : await ReportAsync(user, session, null, gap.Problem, cancellationToken);
        }

        using var claim = claims.Take(user);
        if (claim.LostTo is { } claimedBy)
        {
            var words = $"AccountUser {claimedBy}, which was there first, already declares {user.Spec.Email} on Account {accountKey.Name}. Delete one of the two.";
            return await ReportAsync(user, session, null, new Problem(Reasons.EmailClaimed, words, Terminal: true, RetryAfter: claim.IsSettled ? null : ClaimRecheck), cancellationToken);
        }

        var plan = UserPlanner.Plan(UserDesired.From(user, account!), session!.Inventory.UserByEmail(user.Spec.Email));
        var problem = await ActAsync(user, session, plan, cancellationToken);
        return await ReportAsync(user, session, session.Inventory.UserByEmail(user.Spec.Email), problem, cancellationToken);
    }

    private async Task<Problem?> ActAsync(AccountUser user, AccountSession session, UserPlan plan, CancellationToken cancellationToken)
    {
        if (plan.WouldDo is { } step)
        {
            return new Problem(Reasons.ObserveOnly, $"The account differs from what is declared, and its managementPolicy is Observe. With Manage the operator would {step}.", Terminal: true);
        }

        try
        {
            return plan.Action switch
            {
                UserAction.Create create => await CreateAsync(user, session, create, cancellationToken),
                UserAction.Update update => await UpdateAsync(user, session, update, cancellationToken),
                _ => null,
            };
        }
        catch (BackendException e)
        {
            return e.ToProblem();
        }
    }

    private async Task<Problem?> CreateAsync(AccountUser user, AccountSession session, UserAction.Create create, CancellationToken cancellationToken)
    {
        try
        {
            await session.CreateUserAsync(create.User, cancellationToken);
            Record(user, Reasons.UserCreated, $"Created {create.User.Email} as {create.User.State.Type} at the account.");
            return null;
        }
        catch (BackendException e) when (e.Error == BackendError.EmailConflict)
        {
            // Made by somebody else since the last reading: adopt it. The new reading wakes this object again.
            if (await session.FindUserAsync(create.User.Email, cancellationToken) is null)
            {
                return new Problem(Reasons.Refused, $"{e.Message}. The account says that {create.User.Email} exists and does not show that user, who may be deleted but not gone yet. Restore or remove the user at the account.", Terminal: true, RetryAfter: RefusalRecheck);
            }

            return new Problem(Reasons.Failed, $"{create.User.Email} was created at the account by somebody else just now; adopting that user.", ConditionStatus.Unknown, RetryAfter: TimeSpan.Zero);
        }
    }

    private async Task<Problem?> UpdateAsync(AccountUser user, AccountSession session, UserAction.Update update, CancellationToken cancellationToken)
    {
        if (update.Guarded)
        {
            var after = new Guard.UserState(update.Patch.UserType ?? update.User.State.Type, update.Patch.Active ?? update.User.State.Active);
            var decision = await guardian.DecideAsync(user, session, update.User, after, cancellationToken);
            if (!decision.IsAllowed)
            {
                return new Problem(UserGuardian.Reason(decision), decision.Message, Terminal: true, RetryAfter: RefusalRecheck);
            }
        }

        await session.UpdateUserAsync(session.Inventory.UserById(update.User.Id) ?? update.User, update.Patch, cancellationToken);
        Record(user, Reasons.UserUpdated, $"At the account: {update}.");
        return null;
    }

    private async Task<Result> DeleteAsync(AccountUser user, CancellationToken cancellationToken)
    {
        var policy = user.Spec.DeletionPolicy ?? UserDeletionPolicy.Retain;
        var accountKey = Indexes.Sibling(user, user.Spec.AccountRef.Name);
        var account = stores.Accounts.Indexer.Get(accountKey);
        if (policy == UserDeletionPolicy.Retain || account?.Spec.ManagementPolicy == ManagementPolicy.Observe || claims.FirstOther(user) is not null)
        {
            await finalizer.RemoveAsync(user, cancellationToken);
            return Result.Done;
        }

        var session = sessions.Get(accountKey);
        if (AccountProblems.Find(accountKey, account, session) is { } gap)
        {
            return gap.Problem is null
                ? Result.Done
                : await ReportAsync(user, session, null, gap.Problem with { Message = $"{gap.Problem.Message} To delete this object without touching the user, set spec.deletionPolicy to Retain." }, cancellationToken);
        }

        var observed = session!.Inventory.UserByEmail(user.Spec.Email);
        if (observed is not null && await RemoveUserAsync(user, session, observed, policy, cancellationToken) is { } problem)
        {
            return await ReportAsync(user, session, session.Inventory.UserByEmail(user.Spec.Email), problem, cancellationToken);
        }

        await finalizer.RemoveAsync(user, cancellationToken);
        return Result.Done;
    }

    private async Task<Problem?> RemoveUserAsync(AccountUser user, AccountSession session, BackendUser observed, UserDeletionPolicy policy, CancellationToken cancellationToken)
    {
        if (policy == UserDeletionPolicy.Deactivate && !observed.State.Active)
        {
            return null;
        }

        try
        {
            Guard.UserState? after = policy == UserDeletionPolicy.Delete ? null : observed.State with { Active = false };
            var decision = await guardian.DecideAsync(user, session, observed, after, cancellationToken);
            if (!decision.IsAllowed)
            {
                return new Problem(UserGuardian.Reason(decision), decision.Message, Terminal: true, RetryAfter: RefusalRecheck);
            }

            await (policy == UserDeletionPolicy.Delete
                ? session.DeleteUserAsync(observed, cancellationToken)
                : session.UpdateUserAsync(session.Inventory.UserById(observed.Id) ?? observed, new UserPatch(Active: false), cancellationToken));
            Record(user, Reasons.UserRemoved, $"{(policy == UserDeletionPolicy.Delete ? "Deleted" : "Deactivated")} {observed.Email} at the account.");
            return null;
        }
        catch (BackendException e)
        {
            return e.ToProblem();
        }
    }

    private async Task<Result> ReportAsync(AccountUser user, AccountSession? session, BackendUser? observed, Problem? problem, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        (int, IReadOnlyList<HeldToken>)? tokens = null;
        if (session is { SyncedAt: not null } && (observed ?? session.Inventory.UserByEmail(user.Spec.Email)) is { } known)
        {
            tokens = held.ForStatus(session.Inventory.TokensOf(known.Id), user, UserReport.TokensListed, now);
        }

        await status.WriteAsync(user, UserReport.Compute(user, observed, tokens, problem, problem is not null && user.IsDeleting(), now), cancellationToken);
        return problem switch
        {
            null => Result.Done,
            { Terminal: true } => problem.RetryAfter is { } wait ? Result.After(wait) : Result.Done,
            { Reason: Reasons.Suspended or Reasons.AccountNotFound or Reasons.AccountNotReady } => Result.Done,
            _ => new Result(problem.RetryAfter, Failed: true),
        };
    }

    private static bool Paused(AccountUser user) => user.Annotation(WellKnown.Paused) is { } value && value != "false";

    private void Record(AccountUser user, string reason, string note) =>
        events.Record(user, GroupVersion.ApiVersion, nameof(AccountUser), warning: false, reason, note);
}

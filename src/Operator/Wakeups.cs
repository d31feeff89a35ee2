using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;
using ScimOperator.Operator.Kubernetes;
using ScimOperator.Operator.ScimTokens;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Controllers;

namespace ScimOperator.Operator;

/// <summary>
/// Who is woken by what: changes of one object, or of an account, that concern another. Only what differs is woken, and
/// what a burst changes many times is woken once. The three last parameters queue a key after a delay.
/// </summary>
internal sealed class Wakeups(
    Stores stores, AccountSessions sessions, Action<ObjectKey, TimeSpan> wakeAccount, Action<ObjectKey, TimeSpan> wakeUser, Action<ObjectKey, TimeSpan> wakeToken)
{
    /// <summary>Counts in a status may lag this far behind, so that a burst of tokens is not a burst of status writes.</summary>
    private static readonly TimeSpan CountsLag = TimeSpan.FromSeconds(2);

    /// <summary>A failed call may have been a passing fault: the first full reading follows soon.</summary>
    private static readonly TimeSpan FirstProbe = TimeSpan.FromMilliseconds(500);

    private readonly AccountUse use = new(stores);

    /// <summary>Subscribes to everything; call before the informers run.</summary>
    internal void Connect(AccountReconciler accountReconciler)
    {
        stores.Accounts.AddHandler(OnAccount);
        stores.Users.AddHandler(OnUser);
        stores.Tokens.AddHandler(OnToken);
        sessions.Changed += OnInventory;
        sessions.Failed += OnFailed;
        accountReconciler.Recovered += WakeAll;
    }

    private void OnAccount(Delta<Account> delta)
    {
        if (DeltaPredicates.NotStatusAlone(delta) || ReadyChanged(delta))
        {
            WakeAll(delta.Object.Key());
        }
    }

    private static bool ReadyChanged(Delta<Account> delta) => Ready(delta.Old) != Ready(delta.New);

    private static string? Ready(Account? account) =>
        account?.Status?.Conditions?.FirstOrDefault(c => c.Type == ConditionTypes.Ready) is { } ready ? $"{ready.Status}/{ready.Reason}" : null;

    private void WakeAll(ObjectKey account)
    {
        var index = Indexes.ByName(account.Namespace, account.Name);
        WakeUsers(stores.Users.Indexer.ByIndex(Indexes.Account, index));
        WakeTokens(stores.Tokens.Indexer.ByIndex(Indexes.Account, index));
    }

    private void OnUser(Delta<AccountUser> delta)
    {
        var user = delta.Object;
        if (delta.Old is null || delta.New is null || delta.New.IsDeleting())
        {
            wakeAccount(Indexes.Sibling(user, user.Spec.AccountRef.Name), CountsLag);
            WakeUsers(stores.Users.Indexer.ByIndex(Indexes.Email, Indexes.ByEmail(user.Metadata.Namespace, user.Spec.AccountRef.Name, user.Spec.Email)));
        }

        if (ConcernsTokens(delta))
        {
            WakeTokens(stores.Tokens.Indexer.ByIndex(Indexes.Owner, Indexes.ByName(user.Metadata.Namespace, user.Metadata.Name)));
        }
    }

    private static bool ConcernsTokens(Delta<AccountUser> delta) =>
        delta is not { Old: { } old, New: { } now }
        || old.Metadata.Generation != now.Metadata.Generation
        || old.IsDeleting() != now.IsDeleting()
        || (old.Status?.UserId, old.Status?.UserType, old.Status?.Active) != (now.Status?.UserId, now.Status?.UserType, now.Status?.Active);

    private void OnToken(Delta<ScimToken> delta)
    {
        if (delta.Old is null || delta.New is null)
        {
            wakeAccount(Indexes.Sibling(delta.Object, delta.Object.Spec.AccountRef.Name), CountsLag);
        }

        // No reading of the account shows what is only observed: its owner's status changes with the object.
        foreach (var observed in new[] { delta.Old, delta.New }.OfType<ScimToken>().Where(ObservedTokens.Observes))
        {
            wakeUser(Indexes.Sibling(observed, observed.Spec.OwnerRef.Name), TimeSpan.Zero);
        }
    }

    private void OnInventory(AccountSession session, InventoryChange change)
    {
        if (change.IsEmpty)
        {
            return;
        }

        wakeAccount(session.Key, CountsLag);
        foreach (var user in change.Users)
        {
            var declared = Declared(session, user);
            WakeUsers(declared);
            foreach (var named in declared)
            {
                WakeTokens(stores.Tokens.Indexer.ByIndex(Indexes.Owner, Indexes.ByName(named.Metadata.Namespace, named.Metadata.Name)));
            }
        }

        foreach (var token in change.Tokens)
        {
            OnTokenChange(session, token);
        }
    }

    private void OnTokenChange(AccountSession session, BackendToken token)
    {
        if (use.Manager(token) is { } manager)
        {
            wakeToken(manager.Key(), TimeSpan.Zero);
        }

        if (session.Inventory.UserById(token.OwnerId) is not { } owner)
        {
            return;
        }

        // Whether there is any token matters at once (it is what policies without a webhook look at); how many does not.
        var lag = session.Inventory.TokenCountOf(owner.Id) > 1 ? CountsLag : TimeSpan.Zero;
        foreach (var user in Declared(session, owner))
        {
            wakeUser(user.Key(), lag);
        }
    }

    private void OnFailed(AccountSession session, TimeSpan? retryAfter) =>
        wakeAccount(session.Key, retryAfter ?? FirstProbe);

    private IReadOnlyList<AccountUser> Declared(AccountSession session, BackendUser user) =>
        stores.Users.Indexer.ByIndex(Indexes.Email, Indexes.ByEmail(session.Key.Namespace, session.Key.Name, user.Email));

    private void WakeUsers(IEnumerable<AccountUser> woken)
    {
        foreach (var user in woken)
        {
            wakeUser(user.Key(), TimeSpan.Zero);
        }
    }

    private void WakeTokens(IEnumerable<ScimToken> woken)
    {
        foreach (var token in woken)
        {
            wakeToken(token.Key(), TimeSpan.Zero);
        }
    }
}

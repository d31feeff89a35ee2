using ScimOperator.ApiMachinery;
using ScimOperator.Drivers;
using ScimOperator.Operator.Reporting;

namespace ScimOperator.Operator.Accounts;

/// <summary>
/// What the leader knows of one account, shared by all its objects: driver, inventory, and what is wrong. Writes through it
/// keep the inventory current and tell who is concerned.
/// </summary>
public sealed class AccountSession(ObjectKey key, AccountConnection connection, TimeProvider time)
{
    private readonly Lock sync = new();
    private readonly HashSet<string> uncertain = new(StringComparer.Ordinal);
    private Task? refresh;

    /// <summary>Raised after the inventory changed, by a reading or by a write of ours.</summary>
    public event Action<AccountSession, InventoryChange>? Changed;

    /// <summary>
    /// Raised when a call failed in a way that concerns the whole account. The session is unusable then until the next full
    /// reading: its objects wait for that one probe instead of each trying for itself.
    /// </summary>
    public event Action<AccountSession, TimeSpan?>? Failed;

    /// <summary>The Account.</summary>
    public ObjectKey Key => key;

    /// <summary>The connection in use.</summary>
    public AccountConnection Connection => connection;

    /// <summary>Users and tokens.</summary>
    public AccountInventory Inventory { get; } = new();

    /// <summary>What the account says of itself; null until it was read.</summary>
    public BackendAccount? Account { get; private set; }

    /// <summary>When users and tokens were last read in full; null until they were.</summary>
    public DateTimeOffset? SyncedAt { get; private set; }

    /// <summary>When tokens were last read.</summary>
    public DateTimeOffset TokensReadAt { get; private set; }

    /// <summary>What is wrong with the account; null when nothing is.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Whether objects can be reconciled.</summary>
    public bool IsUsable => SyncedAt is not null && Problem is null;

    /// <summary>Reads everything: the account, all users, all tokens.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        Inventory.BeginReading();
        var unknown = Uncertain();
        try
        {
            var began = time.GetUtcNow();
            var account = await Driver.GetAccountAsync(cancellationToken);
            var users = await Driver.ListUsersAsync(cancellationToken);
            var tokens = await Driver.ListTokensAsync(null, cancellationToken);
            var change = Inventory.CompleteReading(users, tokens);
            Account = account;
            TokensReadAt = began;
            SyncedAt = began;
            Problem = null;
            Resolve(unknown);
            Changed?.Invoke(this, change);
        }
        catch (Exception e)
        {
            Inventory.AbandonReading();
            Problem = (e as BackendException)?.ToProblem() ?? Problem;
            throw;
        }
    }

    /// <summary>Reads the tokens again unless they were read within <paramref name="maxAge"/>; callers at the same time share one reading.</summary>
    public Task RefreshTokensAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (time.GetUtcNow() - TokensReadAt < maxAge)
            {
                return Task.CompletedTask;
            }

            if (refresh is null or { IsCompleted: true })
            {
                refresh = ReadTokensAsync();
            }

            return refresh.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Notes that the account can't be used until it was read again.</summary>
    public void MarkUnusable(Problem problem) => Problem = problem;

    /// <summary>Creates a user.</summary>
    public async Task<BackendUser> CreateUserAsync(NewUser user, CancellationToken cancellationToken)
    {
        var created = await CallAsync(() => Driver.CreateUserAsync(user, cancellationToken));
        return Note(created);
    }

    /// <summary>Sets fields of a user.</summary>
    public async Task<BackendUser> UpdateUserAsync(BackendUser user, UserPatch patch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        try
        {
            return Note(await CallAsync(() => Driver.UpdateUserAsync(user.Id, patch, user.ETag, cancellationToken)));
        }
        catch (BackendException e) when (e.Error is BackendError.VersionConflict or BackendError.NotFound)
        {
            await ReadUserAsync(user, cancellationToken);
            throw;
        }
    }

    /// <summary>Finds a user live, and notes what was found.</summary>
    public async Task<BackendUser?> ReadUserAsync(BackendUser known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        var found = await FindUserAsync(known.Email, cancellationToken);
        if (found is null)
        {
            Inventory.RemoveUser(known.Id);
        }

        return found;
    }

    /// <summary>Finds a user live by email, and notes what was found.</summary>
    public async Task<BackendUser?> FindUserAsync(string email, CancellationToken cancellationToken)
    {
        var found = await CallAsync(() => Driver.FindUserAsync(email, cancellationToken));
        if (found is not null)
        {
            Inventory.Put(found);
        }

        return found;
    }

    /// <summary>Deletes a user.</summary>
    public async Task DeleteUserAsync(BackendUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        await CallAsync(() => Driver.DeleteUserAsync(user.Id, cancellationToken));
        Inventory.RemoveUser(user.Id);
        Changed?.Invoke(this, new InventoryChange([user], []));
    }

    /// <summary>Reads the tokens of one owner live, and notes them.</summary>
    public async Task<IReadOnlyList<BackendToken>> ReadTokensOfAsync(string ownerId, CancellationToken cancellationToken)
    {
        var tokens = await CallAsync(() => Driver.ListTokensAsync(ownerId, cancellationToken));
        foreach (var token in tokens)
        {
            Inventory.Put(token);
        }

        return tokens;
    }

    /// <summary>Reads one token live, and notes what was found.</summary>
    public async Task<BackendToken?> ReadTokenAsync(string id, CancellationToken cancellationToken)
    {
        var token = await CallAsync(() => Driver.GetTokenAsync(id, cancellationToken));
        if (token is null)
        {
            Inventory.RemoveToken(id);
        }
        else
        {
            Inventory.Put(token);
        }

        return token;
    }

    /// <summary>Whether a token may have been generated under this reference's UID though no answer came.</summary>
    public bool IsUncertain(string uid)
    {
        lock (sync)
        {
            return uncertain.Contains(uid);
        }
    }

    /// <summary>Generates a token.</summary>
    public async Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        MintedToken minted;
        try
        {
            minted = await CallAsync(() => Driver.MintTokenAsync(request, cancellationToken));
        }
        catch (Exception e) when (e is OperationCanceledException or BackendException { Error: BackendError.Unreachable or BackendError.InvalidAnswer })
        {
            MarkUncertain(request.Reference);
            throw;
        }

        Inventory.Put(minted.Token);
        Changed?.Invoke(this, new InventoryChange([], [minted.Token]));
        return minted;
    }

    /// <summary>Deletes a token; one that is gone already is fine.</summary>
    public async Task DeleteTokenAsync(string id, CancellationToken cancellationToken)
    {
        await CallAsync(() => Driver.DeleteTokenAsync(id, cancellationToken));
        var known = Inventory.Token(id);
        Inventory.RemoveToken(id);
        if (known is not null)
        {
            Changed?.Invoke(this, new InventoryChange([], [known]));
        }
    }

    private string[] Uncertain()
    {
        lock (sync)
        {
            return [.. uncertain];
        }
    }

    private void Resolve(string[] known)
    {
        lock (sync)
        {
            uncertain.ExceptWith(known);
        }
    }

    private void MarkUncertain(string reference)
    {
        lock (sync)
        {
            if (TokenReference.TryParse(reference, out var parsed))
            {
                uncertain.Add(parsed.Uid);
            }
        }
    }

    private IAccountDriver Driver => connection.Driver;

    private BackendUser Note(BackendUser user)
    {
        Inventory.Put(user);
        Changed?.Invoke(this, new InventoryChange([user], []));
        return user;
    }

    private async Task ReadTokensAsync()
    {
        Inventory.BeginReading();
        var unknown = Uncertain();
        IReadOnlyList<BackendToken> tokens;
        var began = time.GetUtcNow();
        try
        {
            // Shared by several callers: none of them may cancel it for the others; the driver's own deadline ends it.
            tokens = await CallAsync(() => Driver.ListTokensAsync(null, CancellationToken.None));
        }
        catch
        {
            Inventory.AbandonReading();
            throw;
        }

        var change = Inventory.CompleteReading(null, tokens);
        TokensReadAt = began;
        Resolve(unknown);
        if (!change.IsEmpty)
        {
            Changed?.Invoke(this, change);
        }
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (BackendException e) when (e.Error is BackendError.Unreachable or BackendError.Tls or BackendError.Unauthorized)
        {
            Problem = e.ToProblem();
            Failed?.Invoke(this, e.RetryAfter);
            throw;
        }
    }
}

using ScimOperator.Drivers;

namespace ScimOperator.Operator.Accounts;

/// <summary>
/// The users and tokens of one account as last read, kept current with the operator's own writes, so that reconciling an
/// object costs no call. A reading that was under way while a write of ours completed may lack that write: such writes are
/// applied again on top of it. Thread-safe.
/// </summary>
public sealed class AccountInventory
{
    private readonly Lock sync = new();
    private readonly Dictionary<string, BackendUser> usersByEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, BackendUser> usersById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BackendToken> tokensById = new(StringComparer.Ordinal);
    private readonly TokenGroups tokensByOwner = new();
    private readonly TokenGroups tokensByUid = new();
    private readonly List<Action> sinceReading = [];
    private int readings;

    /// <summary>How many users there are.</summary>
    public int UserCount => Locked(() => usersById.Count);

    /// <summary>How many active admins there are besides the user with this id.</summary>
    public int OtherActiveAdmins(string userId) => Locked(() => usersById.Values.Count(u => u.Id != userId && u.State.IsActiveAdmin));

    /// <summary>Finds a user by email, without regard to case.</summary>
    public BackendUser? UserByEmail(string email) => Locked(() => usersByEmail.GetValueOrDefault(email));

    /// <summary>Finds a user by id.</summary>
    public BackendUser? UserById(string id) => Locked(() => usersById.GetValueOrDefault(id));

    /// <summary>Finds a token by id.</summary>
    public BackendToken? Token(string id) => Locked(() => tokensById.GetValueOrDefault(id));

    /// <summary>All tokens.</summary>
    public IReadOnlyList<BackendToken> Tokens() => Locked(() => (IReadOnlyList<BackendToken>)[.. tokensById.Values]);

    /// <summary>The tokens issued to a user.</summary>
    public IReadOnlyList<BackendToken> TokensOf(string ownerId) => Locked(() => tokensByOwner.List(ownerId));

    /// <summary>How many tokens are issued to a user.</summary>
    public int TokenCountOf(string ownerId) => Locked(() => tokensByOwner.Count(ownerId));

    /// <summary>The tokens whose reference carries the UID of a ScimToken.</summary>
    public IReadOnlyList<BackendToken> TokensFor(string uid) => Locked(() => tokensByUid.List(uid));

    /// <summary>Says that a reading begins; writes from now on are kept until it ends.</summary>
    public void BeginReading() => Locked(() => readings++);

    /// <summary>Ends a reading that failed.</summary>
    public void AbandonReading() => Locked(EndReading);

    /// <summary>Ends a reading and takes it over; null leaves users or tokens as they are. Returns what differs.</summary>
    public InventoryChange CompleteReading(IReadOnlyList<BackendUser>? users, IReadOnlyList<BackendToken>? tokens)
    {
        lock (sync)
        {
            var before = (Users: Copy(usersById), Tokens: Copy(tokensById));
            if (users is not null)
            {
                usersById.Clear();
                usersByEmail.Clear();
                users.ToList().ForEach(SetUser);
            }

            if (tokens is not null)
            {
                tokensById.Clear();
                tokensByOwner.Clear();
                tokensByUid.Clear();
                tokens.ToList().ForEach(SetToken);
            }

            sinceReading.ForEach(write => write());
            EndReading();
            return new InventoryChange(Differences(before.Users, usersById), Differences(before.Tokens, tokensById));
        }
    }

    /// <summary>Notes a user that was written.</summary>
    public void Put(BackendUser user) => Write(() => SetUser(user));

    /// <summary>Notes a user that was deleted.</summary>
    public void RemoveUser(string id) => Write(() => UnsetUser(id));

    /// <summary>Notes a token that was generated or read.</summary>
    public void Put(BackendToken token) => Write(() => SetToken(token));

    /// <summary>Notes a token that was deleted.</summary>
    public void RemoveToken(string id) => Write(() => UnsetToken(id));

    private static Dictionary<string, T> Copy<T>(Dictionary<string, T> source) => new(source, StringComparer.Ordinal);

    private static List<T> Differences<T>(Dictionary<string, T> before, Dictionary<string, T> after)
        where T : class
    {
        var differing = after.Where(a => !Equals(before.GetValueOrDefault(a.Key), a.Value)).Select(a => a.Value).ToList();
        differing.AddRange(before.Where(b => !after.ContainsKey(b.Key)).Select(b => b.Value));
        return differing;
    }

    private void Write(Action write)
    {
        lock (sync)
        {
            write();
            if (readings > 0)
            {
                sinceReading.Add(write);
            }
        }
    }

    private void EndReading()
    {
        if (--readings == 0)
        {
            sinceReading.Clear();
        }
    }

    private void SetUser(BackendUser user)
    {
        UnsetUser(user.Id);
        usersById[user.Id] = user;
        usersByEmail[user.Email] = user;
    }

    private void UnsetUser(string id)
    {
        if (usersById.Remove(id, out var old) && usersByEmail.GetValueOrDefault(old.Email)?.Id == id)
        {
            usersByEmail.Remove(old.Email);
        }
    }

    private void SetToken(BackendToken token)
    {
        UnsetToken(token.Id);
        tokensById[token.Id] = token;
        tokensByOwner.Add(token.OwnerId, token);
        if (TokenReference.TryParse(token.Reference, out var reference))
        {
            tokensByUid.Add(reference.Uid, token);
        }
    }

    private void UnsetToken(string id)
    {
        if (!tokensById.Remove(id, out var old))
        {
            return;
        }

        tokensByOwner.Remove(old.OwnerId, id);
        if (TokenReference.TryParse(old.Reference, out var reference))
        {
            tokensByUid.Remove(reference.Uid, id);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (sync)
        {
            return read();
        }
    }

    private void Locked(Action act)
    {
        lock (sync)
        {
            act();
        }
    }

    private sealed class TokenGroups
    {
        private readonly Dictionary<string, Dictionary<string, BackendToken>> groups = new(StringComparer.Ordinal);

        internal IReadOnlyList<BackendToken> List(string key) =>
            groups.TryGetValue(key, out var group) ? [.. group.Values.OrderBy(t => t.CreatedAt).ThenBy(t => t.Id, StringComparer.Ordinal)] : [];

        internal int Count(string key) => groups.TryGetValue(key, out var group) ? group.Count : 0;

        internal void Add(string key, BackendToken token)
        {
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = new Dictionary<string, BackendToken>(StringComparer.Ordinal);
            }

            group[token.Id] = token;
        }

        internal void Remove(string key, string id)
        {
            if (groups.TryGetValue(key, out var group) && group.Remove(id) && group.Count == 0)
            {
                groups.Remove(key);
            }
        }

        internal void Clear() => groups.Clear();
    }
}

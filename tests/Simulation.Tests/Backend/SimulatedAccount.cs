using System.Globalization;
using ScimOperator.Guard;
using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Backend;

/// <summary>An account: users, tokens, the restriction, last use, and an audit of every change. Every method takes effect at one instant.</summary>
internal sealed class SimulatedAccount(string name, TimeProvider time)
{
    internal const string ValuePrefix = "scimvalue";

    private readonly List<SimulatedUser> users = [];
    private readonly List<SimulatedToken> tokens = [];
    private readonly Dictionary<string, int> listedAt = new(StringComparer.Ordinal);
    private int order;
    private int serial;

    internal string Name => name;

    /// <summary>Whether the account itself refuses to end an admin who holds a live token.</summary>
    internal bool Restricts { get; set; } = true;

    internal bool ReportsUse { get; set; } = true;

    internal int Order => order;

    /// <summary>Told of every change, after it: who, what, and the user or token before it (null for a new one).</summary>
    internal event Action<string, string, SimulatedUser?, SimulatedToken?>? Audited;

    internal IReadOnlyList<SimulatedUser> Users => users;

    /// <summary>Tokens that have not expired.</summary>
    internal IEnumerable<SimulatedToken> Live => tokens.Where(t => t.Listed.IsLive(time.GetUtcNow()));

    internal IReadOnlyList<SimulatedToken> Tokens => tokens;

    internal SimulatedUser? UserByEmail(string email) => users.Find(u => string.Equals(u.Email, email, StringComparison.OrdinalIgnoreCase));

    internal SimulatedUser? User(string id) => users.Find(u => u.Id == id);

    internal SimulatedToken? Token(string id) => tokens.Find(t => t.Listed.Id == id);

    /// <summary>Notes that somebody asked for one owner's tokens, and when.</summary>
    internal void NoteListed(string ownerId) => listedAt[ownerId] = ++order;

    internal int ListedAt(string ownerId) => listedAt.GetValueOrDefault(ownerId);

    internal bool Accepts(SimulatedToken token) =>
        token.Listed.IsLive(time.GetUtcNow()) && Token(token.Listed.Id) is not null && User(token.Listed.OwnerId) is { State.IsActiveAdmin: true };

    /// <summary>An identity provider's call.</summary>
    internal bool Use(string value)
    {
        var at = tokens.FindIndex(t => t.Value == value);
        if (at < 0 || !Accepts(tokens[at]))
        {
            return false;
        }

        tokens[at] = tokens[at] with { Listed = tokens[at].Listed with { LastUsedAt = time.GetUtcNow() } };
        return true;
    }

    internal SimulatedUser CreateUser(NewUser user, string actor)
    {
        if (UserByEmail(user.Email) is { } existing)
        {
            throw new BackendException(BackendError.EmailConflict, $"the email {user.Email} is taken", existingId: existing.Id);
        }

        var made = new SimulatedUser(Id("usr"), user.Email, user.DisplayName, user.State, 1, actor);
        users.Add(made);
        Audit(actor, "create user", null, null);
        return made;
    }

    internal SimulatedUser UpdateUser(string id, UserPatch patch, string? etag, string actor)
    {
        var before = User(id) ?? throw new BackendException(BackendError.NotFound, $"no user {id}");
        if (etag is not null && etag != before.ToBackend().ETag)
        {
            throw new BackendException(BackendError.VersionConflict, $"user {id} has changed");
        }

        var state = new UserState(patch.UserType ?? before.State.Type, patch.Active ?? before.State.Active);
        Restrict(before, state);
        var after = before with { DisplayName = patch.DisplayName ?? before.DisplayName, State = state, Version = before.Version + 1, ChangedBy = actor };
        users[users.IndexOf(before)] = after;
        Audit(actor, before.State.IsActiveAdmin && !state.IsActiveAdmin ? "end admin" : "update user", before, null);
        return after;
    }

    internal bool DeleteUser(string id, string actor)
    {
        if (User(id) is not { } user)
        {
            return false;
        }

        Restrict(user, null);
        users.Remove(user);
        Audit(actor, user.State.IsActiveAdmin ? "end admin" : "delete user", user, null);
        return true;
    }

    internal SimulatedToken Mint(MintRequest request, string actor)
    {
        var now = time.GetUtcNow();
        if (request.Reference is not null && Live.FirstOrDefault(t => t.Listed.Reference == request.Reference) is { } existing)
        {
            throw new BackendException(BackendError.ReferenceConflict, $"reference {request.Reference} is taken", existingId: existing.Listed.Id);
        }

        if (User(request.OwnerId) is not { State.IsActiveAdmin: true })
        {
            throw new BackendException(BackendError.OwnerNotActiveAdmin, $"{request.OwnerId} is not an active admin");
        }

        var id = Id("tok");
        var value = $"{ValuePrefix}-{name}-{id}-{serial * 7919 % 9973:0000}";
        var listed = new BackendToken(id, request.OwnerId, request.Description, request.Reference, value[^4..], now, now + request.Lifetime, null);
        var made = new SimulatedToken(listed, value, ++order, actor);
        tokens.Add(made);
        Audit(actor, "mint", null, made);
        return made;
    }

    internal bool DeleteToken(string id, string actor)
    {
        if (Token(id) is not { } token)
        {
            return false;
        }

        tokens.Remove(token);
        Audit(actor, "delete token", null, token);
        return true;
    }

    private void Restrict(SimulatedUser before, UserState? after)
    {
        if (after is { IsActiveAdmin: true } || !before.State.IsActiveAdmin)
        {
            return;
        }

        if (Restricts && Live.Any(t => t.Listed.OwnerId == before.Id))
        {
            throw new BackendException(BackendError.AdminHoldsToken, $"{before.Email} holds a live token");
        }

        if (users.Count(u => u.State.IsActiveAdmin) <= 1)
        {
            throw new BackendException(BackendError.LastAdmin, $"{before.Email} is the last admin");
        }
    }

    private void Audit(string actor, string what, SimulatedUser? user, SimulatedToken? token)
    {
        order++;
        Audited?.Invoke(actor, what, user, token);
    }

    private string Id(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}_{++serial:000}");
}

using System.Collections.Concurrent;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Operator.Accounts;

/// <summary>The sessions of all accounts; kept by the Account controller, read by the others.</summary>
public sealed class AccountSessions(TimeProvider time)
{
    private readonly ConcurrentDictionary<ObjectKey, AccountSession> sessions = new();

    /// <summary>Raised when the inventory of any account changed.</summary>
    public event Action<AccountSession, InventoryChange>? Changed;

    /// <summary>Raised when an account became unusable.</summary>
    public event Action<AccountSession, TimeSpan?>? Failed;

    /// <summary>The session of an account; null while there is none.</summary>
    public AccountSession? Get(ObjectKey account) => sessions.GetValueOrDefault(account);

    /// <summary>Gives the session for a connection, a new one when the connection is new.</summary>
    public AccountSession Open(ObjectKey account, AccountConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (sessions.TryGetValue(account, out var known) && known.Connection.Fingerprint == connection.Fingerprint)
        {
            return known;
        }

        var session = new AccountSession(account, connection, time);
        session.Changed += (s, c) => Changed?.Invoke(s, c);
        session.Failed += (s, wait) => Failed?.Invoke(s, wait);
        sessions[account] = session;
        return session;
    }

    /// <summary>Forgets an account.</summary>
    public void Close(ObjectKey account) => sessions.TryRemove(account, out _);
}

using System.Data.Common;

namespace ScimOperator.Backend.Storage;

/// <summary>One connection with its prepared statements, grouped by table. Used by one transaction at a time.</summary>
internal sealed class StoreSession : IDisposable
{
    private readonly DbConnection connection;
    private readonly SqlStatement beginWrite;
    private readonly SqlStatement beginRead;
    private readonly SqlStatement commit;
    private readonly SqlStatement rollback;
    private readonly SqlStatement savepoint;
    private readonly SqlStatement release;
    private readonly SqlStatement rollbackToSavepoint;
    private readonly SqlStatement? identity;
    private readonly SqlStatement? outcome;

    public StoreSession(DbConnection connection, ISqlDialect dialect)
    {
        this.connection = connection;
        beginWrite = new(connection, dialect.BeginWrite);
        beginRead = new(connection, dialect.BeginRead);
        commit = new(connection, "COMMIT");
        rollback = new(connection, "ROLLBACK");
        savepoint = new(connection, "SAVEPOINT item");
        release = new(connection, "RELEASE SAVEPOINT item");
        rollbackToSavepoint = new(connection, "ROLLBACK TO SAVEPOINT item");
        identity = dialect.TransactionIdentity is { } tell ? new(connection, tell) : null;
        outcome = dialect.TransactionOutcome is { } ask ? new(connection, ask, "id") : null;
        Account = new(connection);
        Users = new(connection);
        Tokens = new(connection);
        Audit = new(connection);
        Groups = new(connection);
        Members = new(connection);
    }

    public AccountTable Account { get; }

    public UserTable Users { get; }

    public TokenTable Tokens { get; }

    public AuditTable Audit { get; }

    public GroupTable Groups { get; }

    public MemberTable Members { get; }

    public void BeginWrite() => beginWrite.Execute();

    public void BeginRead() => beginRead.Execute();

    public void Commit() => commit.Execute();

    public void Rollback() => rollback.Execute();

    /// <summary>The database's name for the current transaction; null where it has none.</summary>
    public string? TransactionIdentity() => identity?.One(row => row.GetString(0));

    /// <summary>Whether a transaction of an earlier connection was committed; waits until it has ended.</summary>
    public bool WasCommitted(string transaction)
    {
        // Who holds the lock of writers knows that the transaction, which held it, is over.
        BeginWrite();
        var status = outcome?.One(row => row.GetString(0), transaction);
        Rollback();
        return status == "committed";
    }

    /// <summary>Marks the point to which <see cref="UndoItem"/> returns.</summary>
    public void BeginItem() => savepoint.Execute();

    public void KeepItem() => release.Execute();

    public void UndoItem()
    {
        rollbackToSavepoint.Execute();
        release.Execute();
    }

    public void Dispose()
    {
        foreach (var statement in (SqlStatement?[])[beginWrite, beginRead, commit, rollback, savepoint, release, rollbackToSavepoint, identity, outcome])
        {
            statement?.Dispose();
        }

        Account.Dispose();
        Users.Dispose();
        Tokens.Dispose();
        Audit.Dispose();
        Groups.Dispose();
        Members.Dispose();
        connection.Dispose();
    }
}

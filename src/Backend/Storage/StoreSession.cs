using System.Data;
using System.Data.Common;

namespace ScimOperator.Backend.Storage;

/// <summary>One connection with its prepared statements, grouped by table. Used by one transaction at a time.</summary>
internal sealed class StoreSession : IDisposable
{
    private readonly DbConnection connection;
    private readonly SqlStatement beginWrite;
    private readonly SqlStatement? beginRead;
    private readonly SqlStatement nextItem;
    private readonly SqlStatement commitItems;
    private readonly SqlStatement commit;
    private readonly SqlStatement rollback;
    private readonly SqlStatement savepoint;
    private readonly SqlStatement release;
    private readonly SqlStatement rollbackToSavepoint;
    private readonly SqlStatement? outcome;
    private DbTransaction? reading;

    public StoreSession(DbConnection connection, ISqlDialect dialect)
    {
        this.connection = connection;
        beginWrite = new(connection, dialect.BeginWrite);
        beginRead = dialect.BeginRead is { } begin ? new(connection, begin) : null;
        nextItem = new(connection, "RELEASE SAVEPOINT item; SAVEPOINT item");
        commitItems = new(connection, "RELEASE SAVEPOINT item; COMMIT");
        commit = new(connection, "COMMIT");
        rollback = new(connection, "ROLLBACK");
        savepoint = new(connection, "SAVEPOINT item");
        release = new(connection, "RELEASE SAVEPOINT item");
        rollbackToSavepoint = new(connection, "ROLLBACK TO SAVEPOINT item");
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

    /// <summary>Begins a transaction for writing, with the savepoint of its first item.</summary>
    /// <returns>The database's name for the transaction; null where it has none.</returns>
    public string? BeginWrite() => beginWrite.Text();

    public void BeginRead()
    {
        if (beginRead is null)
        {
            reading = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            return;
        }

        beginRead.Execute();
    }

    public void EndRead()
    {
        if (reading is null)
        {
            commit.Execute();
            return;
        }

        reading.Commit();
        reading.Dispose();
        reading = null;
    }

    /// <summary>Keeps what the item did, and begins the next one.</summary>
    public void NextItem() => nextItem.Execute();

    /// <summary>Returns to the beginning of the item, where another one may begin.</summary>
    public void DropItem() => rollbackToSavepoint.Execute();

    /// <summary>Keeps what the last item did, and makes it all durable. A transaction that is broken is told by the first of the two: a commit would end it in silence.</summary>
    public void CommitItems() => commitItems.Execute();

    public void Rollback() => rollback.Execute();

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
        foreach (var statement in (SqlStatement?[])[beginWrite, beginRead, commit, rollback, savepoint, release, rollbackToSavepoint, nextItem, commitItems, outcome])
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

using System.Data.Common;

namespace ScimOperator.Backend.Storage;

/// <summary>Transactions that are committed together, each in a savepoint of one database transaction.</summary>
internal sealed class WriteBatch(ISqlDialect dialect)
{
    private readonly List<WriteItem> items = [];

    public int Count => items.Count;

    /// <summary>The database's name for the transaction once its commit is under way; null before, and where there are no names.</summary>
    public string? Committing { get; private set; }

    /// <summary>Runs everything once; <paramref name="more"/> gives what has come in meanwhile, or null.</summary>
    public void Commit(StoreSession session, Func<WriteItem?> more)
    {
        Committing = null;
        var identity = session.BeginWrite();
        for (var at = 0; at < items.Count; at++)
        {
            var kept = Run(session, items[at]);
            if (at == items.Count - 1 && more() is { } next)
            {
                items.Add(next);
            }

            if (kept && at < items.Count - 1)
            {
                session.NextItem();
            }
        }

        Committing = identity;
        session.CommitItems();
    }

    public void Add(WriteItem item) => items.Add(item);

    public void Acknowledge() => items.ForEach(item => item.Acknowledge());

    public void Fail(StoreUnavailableException reason) => items.ForEach(item => item.Fail(reason));

    private bool Run(StoreSession session, WriteItem item)
    {
        try
        {
            item.Run(session);
            return true;
        }
        catch (DbException e) when (dialect.Classify(e) != StoreFailure.Statement)
        {
            // Not this item's doing: the whole transaction is over.
            throw;
        }
#pragma warning disable CA1031 // Whatever the work throws belongs to its caller, never to the other items of the batch.
        catch (Exception e)
#pragma warning restore CA1031
        {
            session.DropItem();
            item.Undone(e is DbException ? new StoreUnavailableException("The store refused a statement: " + e.Message, e) : e);
            return false;
        }
    }
}

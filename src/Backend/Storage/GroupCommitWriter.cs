using System.Collections.Concurrent;
using System.Data.Common;

namespace ScimOperator.Backend.Storage;

/// <summary>
/// The single writer. Transactions that wait together are carried out one after the other, each in a savepoint of one
/// database transaction, and are acknowledged after its commit: one flush to disk serves them all.
/// </summary>
/// <remarks>
/// Even a refusal is told only after the commit: it may rest on what an earlier item of the same batch wrote, which is
/// not true before that.
/// </remarks>
internal sealed class GroupCommitWriter : IDisposable
{
    // Bounds how long the first of a batch waits for the last.
    private const int MaxBatch = 128;

    private readonly StoreSession session;
    private readonly BlockingCollection<WriteItem> queue = [];
    private readonly Thread thread;

    public GroupCommitWriter(StoreSession session)
    {
        this.session = session;
        thread = new Thread(Loop) { IsBackground = true, Name = "store-writer" };
        thread.Start();
    }

    public Task<T> Enqueue<T>(Func<StoreSession, T> work)
    {
        var item = new WriteItem<T>(work);
        try
        {
            queue.Add(item);
        }
        catch (InvalidOperationException e)
        {
            item.Fail(new StoreUnavailableException("The store is closing.", e));
        }

        return item.Task;
    }

    /// <summary>Finishes what is queued, then stops.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        queue.Dispose();
        session.Dispose();
    }

    private void Loop()
    {
        var batch = new List<WriteItem>(MaxBatch);
        while (queue.TryTake(out var first, Timeout.Infinite))
        {
            batch.Add(first);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<WriteItem> batch)
    {
        try
        {
            session.BeginWrite();
            RunAll(batch);
            session.Commit();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            Abandon(batch, e);
            return;
        }

        foreach (var item in batch)
        {
            item.Acknowledge();
        }
    }

    private void RunAll(List<WriteItem> batch)
    {
        Run(batch[0]);
        while (batch.Count < MaxBatch && queue.TryTake(out var next))
        {
            batch.Add(next);
            Run(next);
        }
    }

    private void Run(WriteItem item)
    {
        session.BeginItem();
        try
        {
            item.Run(session);
            session.KeepItem();
        }
#pragma warning disable CA1031 // Whatever the work throws belongs to its caller, never to the other items of the batch.
        catch (Exception e)
#pragma warning restore CA1031
        {
            session.UndoItem();
            item.Undone(e is DbException ? new StoreUnavailableException("The store refused a statement: " + e.Message, e) : e);
        }
    }

    private void Abandon(List<WriteItem> batch, Exception reason)
    {
        try
        {
            session.Rollback();
        }
        catch (DbException)
        {
            // Some errors (a full disk) have ended the transaction already; there is nothing left to roll back.
        }

        var failure = new StoreUnavailableException("The store could not commit: " + reason.Message, reason);
        foreach (var item in batch)
        {
            item.Fail(failure);
        }
    }
}

using System.Collections.Concurrent;
using System.Data.Common;

namespace ScimOperator.Backend.Storage;

/// <summary>
/// The single writer. Transactions that wait together are carried out one after the other, each in a savepoint of one
/// database transaction, and are acknowledged after its commit: one flush to disk serves them all.
/// </summary>
/// <remarks>
/// Even a refusal is told only after the commit: it may rest on what an earlier item of the same batch wrote, which is
/// not true before that. A batch that the database gave up, or whose connection broke before its commit, is run again.
/// When the connection breaks during the commit, the database is asked what became of it: a caller is never told that
/// nothing happened unless that is known.
/// </remarks>
internal sealed class GroupCommitWriter : IDisposable
{
    // Bounds how long the first of a batch waits for the last. PostgreSQL remembers as many savepoints cheaply.
    private const int MaxBatch = 64;
    private const int MaxAttempts = 5;

    private readonly Func<StoreSession> open;
    private readonly ISqlDialect dialect;
    private readonly BlockingCollection<WriteItem> queue = [];
    private readonly ManualResetEventSlim closing = new();
    private readonly Thread thread;
    private StoreSession? session;

    public GroupCommitWriter(Func<StoreSession> open, ISqlDialect dialect, StoreSession first)
    {
        this.open = open;
        this.dialect = dialect;
        session = first;
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
        closing.Set();
        queue.CompleteAdding();
        thread.Join();
        queue.Dispose();
        closing.Dispose();
        session?.Dispose();
    }

    private void Loop()
    {
        while (queue.TryTake(out var first, Timeout.Infinite))
        {
            var batch = new WriteBatch(dialect);
            batch.Add(first);
            try
            {
                Commit(batch);
                batch.Acknowledge();
            }
            catch (StoreUnavailableException e)
            {
                batch.Fail(e);
                FailWaiting(e);
            }
        }
    }

    private void Commit(WriteBatch batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A connection that can't be opened is no reason to try again: that takes long, and callers can.
            session ??= open();
            try
            {
                batch.Commit(session, () => batch.Count < MaxBatch && queue.TryTake(out var next) ? next : null);
                return;
            }
            catch (Exception e) when (e is DbException or InvalidOperationException)
            {
                var failure = dialect.Classify(e);
                Leave(failure);
                if (failure == StoreFailure.ConnectionLost && batch.Committing is { } identity && WasCommitted(identity, e))
                {
                    return;
                }

                if (failure == StoreFailure.Statement || attempt == MaxAttempts)
                {
                    throw new StoreUnavailableException("The store could not commit: " + e.Message, e);
                }
            }
        }
    }

    private void Leave(StoreFailure failure)
    {
        try
        {
            if (failure != StoreFailure.ConnectionLost)
            {
                session!.Rollback();
                return;
            }
        }
        catch (DbException e) when (dialect.Classify(e) == StoreFailure.Statement)
        {
            // Some errors (a full disk) have ended the transaction already; there is nothing left to roll back.
            return;
        }
        catch (DbException)
        {
            // Gone in the meantime.
        }

        session!.Dispose();
        session = null;
    }

    /// <exception cref="StoreUnavailableException">The database could not be asked.</exception>
    private bool WasCommitted(string identity, Exception lost)
    {
        // A server that restarts is back within seconds; the wait ends early when this program does.
        const int Tries = 25;
        for (var tried = 1; ; tried++)
        {
            try
            {
                session ??= open();
                return session.WasCommitted(identity);
            }
            catch (Exception e) when (e is DbException or StoreUnavailableException)
            {
                session?.Dispose();
                session = null;
                if (tried == Tries || closing.Wait(TimeSpan.FromMilliseconds(200)))
                {
                    throw new StoreUnavailableException("The connection was lost during a commit, and the database can't be asked what became of it: " + lost.Message, lost)
                    {
                        OutcomeUnknown = true,
                    };
                }
            }
        }
    }

    // What waits now would wait as long for the same news; none of it was begun.
    private void FailWaiting(StoreUnavailableException reason)
    {
        if (session is not null)
        {
            return;
        }

        var news = new StoreUnavailableException(reason.Message, reason);
        while (queue.TryTake(out var waiting))
        {
            waiting.Fail(news);
        }
    }
}

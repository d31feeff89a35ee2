using System.Collections.Concurrent;
using System.Data.Common;

namespace ScimOperator.Backend.Storage;

/// <summary>Sessions for reading, kept for reuse. No more than <paramref name="max"/> read at a time; others wait their turn.</summary>
internal sealed class ReaderPool(Func<StoreSession> open, ISqlDialect dialect, int max) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turns = new(max, max);
    private readonly ConcurrentBag<StoreSession> idle = [];

    /// <exception cref="StoreUnavailableException">The data can't be read now.</exception>
    public async Task<T> RunAsync<T>(Func<StoreSession, T> work, bool snapshot)
    {
        if (!await turns.WaitAsync(Patience))
        {
            throw new StoreUnavailableException($"No reader became free within {Patience.TotalSeconds} s.");
        }

        try
        {
            return Run(work, snapshot);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose()
    {
        Clear();
        turns.Dispose();
    }

    // What was kept may have died since, with all its like: that is no reason to fail a read while the server is there.
    private T Run<T>(Func<StoreSession, T> work, bool snapshot)
    {
        if (idle.TryTake(out var kept))
        {
            try
            {
                return RunOn(kept, work, snapshot);
            }
            catch (DbException e) when (dialect.Classify(e) == StoreFailure.ConnectionLost)
            {
                Clear();
            }
        }

        try
        {
            return RunOn(open(), work, snapshot);
        }
        catch (DbException e)
        {
            throw new StoreUnavailableException("The store could not be read: " + e.Message, e);
        }
    }

    private T RunOn<T>(StoreSession session, Func<StoreSession, T> work, bool snapshot)
    {
        var healthy = false;
        try
        {
            Begin(session, snapshot);
            var result = work(session);
            End(session, snapshot);
            healthy = true;
            return result;
        }
        catch (Exception e) when (e is not DbException)
        {
            // A refusal: the work has found something that is not there.
            End(session, snapshot);
            healthy = true;
            throw;
        }
        finally
        {
            if (healthy)
            {
                idle.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    private static void Begin(StoreSession session, bool snapshot)
    {
        if (snapshot)
        {
            session.BeginRead();
        }
    }

    private static void End(StoreSession session, bool snapshot)
    {
        if (snapshot)
        {
            session.EndRead();
        }
    }

    private void Clear()
    {
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}

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
    public async Task<T> RunAsync<T>(Func<StoreSession, T> work)
    {
        if (!await turns.WaitAsync(Patience))
        {
            throw new StoreUnavailableException($"No reader became free within {Patience.TotalSeconds} s.");
        }

        try
        {
            return Run(work);
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
    private T Run<T>(Func<StoreSession, T> work)
    {
        if (idle.TryTake(out var kept))
        {
            try
            {
                return RunOn(kept, work);
            }
            catch (DbException e) when (dialect.Classify(e) == StoreFailure.ConnectionLost)
            {
                Clear();
            }
        }

        try
        {
            return RunOn(open(), work);
        }
        catch (DbException e)
        {
            throw new StoreUnavailableException("The store could not be read: " + e.Message, e);
        }
    }

    private T RunOn<T>(StoreSession session, Func<StoreSession, T> work)
    {
        var healthy = false;
        try
        {
            session.BeginRead();
            var result = work(session);
            session.Commit();
            healthy = true;
            return result;
        }
        catch (Exception e) when (e is not DbException)
        {
            // A refusal: the work has found something that is not there.
            session.Rollback();
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

    private void Clear()
    {
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage;

/// <summary>A store on an SQL database: one writer with group commit, and a pool of readers beside it.</summary>
internal sealed class SqlStore : IAccountStore
{
    private readonly Func<DbConnection> open;
    private readonly ISqlDialect dialect;
    private readonly GroupCommitWriter writer;
    private readonly ConcurrentBag<StoreSession>? readers;

    private SqlStore(Func<DbConnection> open, ISqlDialect dialect, DbConnection first, bool single)
    {
        this.open = open;
        this.dialect = dialect;
        readers = single ? null : [];
        writer = new GroupCommitWriter(new StoreSession(first, dialect));
    }

    /// <summary>Opens the database and brings its schema up to date.</summary>
    /// <param name="open">Makes a connection.</param>
    /// <param name="dialect">The database's ways.</param>
    /// <param name="single">Whether there can only be one connection: reads then take turns with the writes.</param>
    /// <param name="now">Recorded with the schema steps applied.</param>
    /// <exception cref="StoreUnavailableException">It can't be opened, or was written by a newer program.</exception>
    public static SqlStore Open(Func<DbConnection> open, ISqlDialect dialect, bool single, DateTimeOffset now)
    {
        var first = open();
        try
        {
            Migrator.Apply(first, dialect, now);
            return new SqlStore(open, dialect, first, single);
        }
        catch (DbException e)
        {
            first.Dispose();
            throw new StoreUnavailableException("The database's schema can't be brought up to date: " + e.Message, e);
        }
    }

    public Task<T> ReadAsync<T>(Func<StoreSession, T> work)
    {
        if (readers is null)
        {
            return writer.Enqueue(work);
        }

        try
        {
            return Task.FromResult(Read(readers, work));
        }
        catch (DbException e)
        {
            return Task.FromException<T>(new StoreUnavailableException("The store could not be read: " + e.Message, e));
        }
    }

    public Task<T> WriteAsync<T>(Func<StoreSession, T> work) => writer.Enqueue(work);

    public ValueTask DisposeAsync()
    {
        writer.Dispose();
        while (readers is not null && readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    // Reading is synchronous and short, so there are never more readers than threads that serve requests.
    private T Read<T>(ConcurrentBag<StoreSession> pool, Func<StoreSession, T> work)
    {
        var session = pool.TryTake(out var idle) ? idle : new StoreSession(open(), dialect);
        var healthy = false;
        try
        {
            session.BeginRead();
            try
            {
                return work(session);
            }
            finally
            {
                session.Commit();
                healthy = true;
            }
        }
        finally
        {
            if (healthy)
            {
                pool.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }
}

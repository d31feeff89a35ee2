using System.Data.Common;
using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage;

/// <summary>A store on an SQL database: one writer with group commit, and a pool of readers beside it.</summary>
internal sealed class SqlStore : IAccountStore
{
    private readonly GroupCommitWriter writer;
    private readonly ReaderPool? readers;
    private readonly IDisposable? connections;

    private SqlStore(Func<StoreSession> open, ISqlDialect dialect, StoreSession first, int maxReaders, IDisposable? connections)
    {
        this.connections = connections;
        readers = maxReaders > 0 ? new ReaderPool(open, dialect, maxReaders) : null;
        writer = new GroupCommitWriter(open, dialect, first);
    }

    /// <summary>Opens the database and brings its schema up to date.</summary>
    /// <param name="open">Makes a connection.</param>
    /// <param name="dialect">The database's ways.</param>
    /// <param name="maxReaders">How many may read at a time; 0 where there can only be one connection: reads then take turns with the writes.</param>
    /// <param name="now">Recorded with the schema steps applied.</param>
    /// <param name="connections">Disposed of with the store.</param>
    /// <exception cref="StoreUnavailableException">It can't be opened, or was written by a newer program.</exception>
    public static SqlStore Open(Func<DbConnection> open, ISqlDialect dialect, int maxReaders, DateTimeOffset now, IDisposable? connections = null)
    {
        var first = open();
        try
        {
            Migrator.Apply(first, dialect, now);
            return new SqlStore(() => new StoreSession(open(), dialect), dialect, new StoreSession(first, dialect), maxReaders, connections);
        }
        catch (DbException e)
        {
            first.Dispose();
            throw new StoreUnavailableException("The database's schema can't be brought up to date: " + e.Message, e);
        }
    }

    public Task<T> ReadAsync<T>(Func<StoreSession, T> work) => ReadAsync(work, true);

    public Task<T> ReadOneAsync<T>(Func<StoreSession, T> work) => ReadAsync(work, false);

    public Task<T> WriteAsync<T>(Func<StoreSession, T> work) => writer.Enqueue(work);

    private Task<T> ReadAsync<T>(Func<StoreSession, T> work, bool snapshot) => readers is null ? writer.Enqueue(work) : readers.RunAsync(work, snapshot);

    public ValueTask DisposeAsync()
    {
        writer.Dispose();
        readers?.Dispose();
        connections?.Dispose();
        return ValueTask.CompletedTask;
    }
}

namespace ScimOperator.Backend.Storage;

/// <summary>
/// Transactions on the account's data. The work is a synchronous function over a <see cref="StoreSession"/>; it must
/// not keep the session, and must not touch anything that a rollback would not undo: it may be run more than once, and
/// only the last run counts.
/// </summary>
internal interface IAccountStore : IAsyncDisposable
{
    /// <summary>Runs <paramref name="work"/> on one consistent snapshot that holds every change acknowledged before the call.</summary>
    /// <exception cref="StoreUnavailableException">The data can't be read now.</exception>
    Task<T> ReadAsync<T>(Func<StoreSession, T> work);

    /// <summary>As <see cref="ReadAsync"/>, for work that is one statement: that needs no transaction around it to see one snapshot.</summary>
    /// <exception cref="StoreUnavailableException">The data can't be read now.</exception>
    Task<T> ReadOneAsync<T>(Func<StoreSession, T> work);

    /// <summary>
    /// Runs <paramref name="work"/> alone among writers, and completes only when its changes are durable. An exception
    /// from the work undoes its changes and is passed on.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The transaction could not be committed; nothing was changed unless it says otherwise.</exception>
    Task<T> WriteAsync<T>(Func<StoreSession, T> work);
}

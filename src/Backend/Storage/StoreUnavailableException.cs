namespace ScimOperator.Backend.Storage;

/// <summary>
/// The store could not carry out a transaction (disk full, file locked, server away, shutting down). Nothing was changed,
/// unless <see cref="OutcomeUnknown"/> says so.
/// </summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The connection was lost while the commit was under way, and the server could not be asked since.</summary>
    public bool OutcomeUnknown { get; init; }
}

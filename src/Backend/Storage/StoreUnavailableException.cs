namespace ScimOperator.Backend.Storage;

/// <summary>The store could not carry out a transaction (disk full, file locked, shutting down). Nothing was changed.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

namespace ScimOperator.Backend.Storage;

/// <summary>What kind of failure an exception of a database driver is: it decides what is done about it.</summary>
internal enum StoreFailure
{
    /// <summary>The statement was refused; the transaction can go on from its last savepoint.</summary>
    Statement,

    /// <summary>The transaction met another one and was given up by the database: it can be run again from its beginning.</summary>
    Conflict,

    /// <summary>The connection is gone, and with it the transaction, unless its commit was under way.</summary>
    ConnectionLost,
}

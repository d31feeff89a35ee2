using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage;

/// <summary>What differs between the SQL stores. The statements themselves are written in the subset they share.</summary>
internal interface ISqlDialect
{
    /// <summary>
    /// Starts a transaction that no other writer can interleave with, in this process or another, with a savepoint named
    /// item. Its result, if it has one, is the transaction's identity, by which <see cref="TransactionOutcome"/> knows it.
    /// </summary>
    string BeginWrite { get; }

    /// <summary>Starts a transaction that sees one snapshot; null where the driver has a cheaper way than a statement.</summary>
    string? BeginRead { get; }

    /// <summary>Starts a transaction in which the schema is changed; works on an empty database, and one at a time.</summary>
    string BeginMigration { get; }

    /// <summary>Tells whether the transaction with the identity @id was committed, as text; null where the answer to a commit can't get lost.</summary>
    string? TransactionOutcome { get; }

    /// <summary>The numbered steps that make the schema, ascending, without gaps.</summary>
    IReadOnlyList<Migration> Migrations { get; }

    /// <param name="failure">What a statement, a commit or the opening of a connection threw.</param>
    StoreFailure Classify(Exception failure);
}

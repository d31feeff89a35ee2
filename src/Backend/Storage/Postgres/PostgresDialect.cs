using Npgsql;
using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage.Postgres;

/// <summary>PostgreSQL's ways.</summary>
internal sealed class PostgresDialect : ISqlDialect
{
    // SERIALIZABLE is what makes a check and the change that rests on it one step. The lock on top lets writers queue up
    // instead of failing each other, whole batches at a time. LOCK TABLE takes no snapshot, so the one that the
    // transaction then gets holds everything that the writer before it committed. All goes to the server in one turn.
    public string BeginWrite =>
        "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE write_lock IN EXCLUSIVE MODE; SELECT pg_current_xact_id()::text; SAVEPOINT item";

    // Npgsql sends a transaction's beginning along with its first statement.
    public string? BeginRead => null;

    // READ COMMITTED: each statement sees what the program that held the lock before has made. The number is arbitrary,
    // and the same in every version of this program.
    public string BeginMigration => "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(7043764428216)";

    public string? TransactionOutcome => "SELECT pg_xact_status(@id::xid8)";

    public IReadOnlyList<Migration> Migrations => PostgresMigrations.All;

    public StoreFailure Classify(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => StoreFailure.Conflict,
        // Class 57P0x: the server is going down, or has thrown this session out.
        PostgresException { SqlState: var state } => state.StartsWith("57P0", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal)
            ? StoreFailure.ConnectionLost
            : StoreFailure.Statement,
        // A broken or closed socket, a time-out, an answer out of order: the session's state is unknown.
        _ => StoreFailure.ConnectionLost,
    };
}

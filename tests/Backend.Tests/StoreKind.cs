namespace ScimOperator.Backend.Tests;

/// <summary>The stores that every behaviour is tested on.</summary>
public enum StoreKind
{
    /// <summary>SQLite in memory.</summary>
    Memory,

    /// <summary>SQLite in a file.</summary>
    File,

    /// <summary>PostgreSQL.</summary>
    Postgres,
}

using ScimOperator.Backend.Storage.Migrations;

namespace ScimOperator.Backend.Storage;

/// <summary>What differs between the SQL stores. The statements themselves are written in the subset they share.</summary>
internal interface ISqlDialect
{
    /// <summary>Starts a transaction that no other writer can interleave with.</summary>
    string BeginWrite { get; }

    /// <summary>Starts a transaction that sees one snapshot.</summary>
    string BeginRead { get; }

    /// <summary>The numbered steps that make the schema, ascending, without gaps.</summary>
    IReadOnlyList<Migration> Migrations { get; }
}

namespace ScimOperator.Backend.Storage.Migrations;

/// <summary>One step of the schema. A step that was ever released is never edited: a later one changes what it made.</summary>
/// <param name="Then">What SQL can't do, on a session of the same transaction.</param>
internal sealed record Migration(int Version, string Name, string Sql, Action<System.Data.Common.DbConnection>? Then = null);

namespace ScimOperator.Backend.Storage.Migrations;

/// <summary>One step of the schema. A step that was ever released is never edited: a later one changes what it made.</summary>
internal sealed record Migration(int Version, string Name, string Sql);

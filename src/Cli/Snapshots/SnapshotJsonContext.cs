using System.Text.Json.Serialization;

namespace ScimOperator.Cli.Snapshots;

/// <summary>Source-generated serialization of snapshots.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(AccountSnapshot))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace ScimOperator.Cli.Snapshots;

/// <summary>Source-generated serialization of snapshots and of the admin API's answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(AccountSnapshot))]
[JsonSerializable(typeof(ApiAccount))]
[JsonSerializable(typeof(ApiPage<SnapshotUser>), TypeInfoPropertyName = "UserPage")]
[JsonSerializable(typeof(ApiPage<SnapshotToken>), TypeInfoPropertyName = "TokenPage")]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;

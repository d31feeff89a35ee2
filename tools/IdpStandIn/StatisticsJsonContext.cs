using System.Text.Json.Serialization;

namespace ScimOperator.IdpStandIn;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatisticsSnapshot))]
internal sealed partial class StatisticsJsonContext : JsonSerializerContext;

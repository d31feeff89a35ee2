using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Cli.Cluster;

/// <summary>Source-generated serialization of objects whose spec is kept as it is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TimeJsonConverter)])]
[JsonSerializable(typeof(RawObject))]
[JsonSerializable(typeof(ResourceList<RawObject>))]
internal sealed partial class ClusterJsonContext : JsonSerializerContext;

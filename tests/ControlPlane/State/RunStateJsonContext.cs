using System.Text.Json.Serialization;

namespace ScimOperator.ControlPlanes.State;

/// <summary>The state file's format.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateJsonContext : JsonSerializerContext;

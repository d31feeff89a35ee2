using System.Text.Json.Serialization;

namespace ScimOperator.Drivers.AccountApi;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Wire.Account))]
[JsonSerializable(typeof(Wire.User))]
[JsonSerializable(typeof(Wire.UserBody))]
[JsonSerializable(typeof(Wire.Token))]
[JsonSerializable(typeof(Wire.TokenBody))]
[JsonSerializable(typeof(Wire.Problem))]
[JsonSerializable(typeof(Wire.Page<Wire.User>), TypeInfoPropertyName = "UserPage")]
[JsonSerializable(typeof(Wire.Page<Wire.Token>), TypeInfoPropertyName = "TokenPage")]
internal sealed partial class WireJsonContext : JsonSerializerContext;

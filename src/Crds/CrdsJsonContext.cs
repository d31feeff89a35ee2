using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Crds;

/// <summary>Source-generated serialization of the three kinds: camelCase, absent fields left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TimeJsonConverter)])]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(AccountUser))]
[JsonSerializable(typeof(ScimToken))]
[JsonSerializable(typeof(ResourceList<Account>))]
[JsonSerializable(typeof(ResourceList<AccountUser>))]
[JsonSerializable(typeof(ResourceList<ScimToken>))]
public sealed partial class CrdsJsonContext : JsonSerializerContext;

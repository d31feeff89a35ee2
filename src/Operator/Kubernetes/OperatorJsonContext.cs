using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;

namespace ScimOperator.Operator.Kubernetes;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TimeJsonConverter)])]
[JsonSerializable(typeof(PublishedSecret))]
[JsonSerializable(typeof(ResourceList<PublishedSecret>), TypeInfoPropertyName = "PublishedSecretList")]
[JsonSerializable(typeof(OpaqueSecret))]
[JsonSerializable(typeof(ResourceList<OpaqueSecret>), TypeInfoPropertyName = "OpaqueSecretList")]
[JsonSerializable(typeof(SecretPatch))]
[JsonSerializable(typeof(MetadataPatch))]
[JsonSerializable(typeof(StatusPatch<AccountStatus>), TypeInfoPropertyName = "AccountStatusPatch")]
[JsonSerializable(typeof(StatusPatch<AccountUserStatus>), TypeInfoPropertyName = "AccountUserStatusPatch")]
[JsonSerializable(typeof(StatusPatch<ScimTokenStatus>), TypeInfoPropertyName = "ScimTokenStatusPatch")]
internal sealed partial class OperatorJsonContext : JsonSerializerContext;

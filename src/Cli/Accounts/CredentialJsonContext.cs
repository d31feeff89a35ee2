using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Cli.Accounts;

/// <summary>Source-generated reading of the Secret with an account's credential.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(TimeJsonConverter)])]
[JsonSerializable(typeof(CredentialSecret))]
[JsonSerializable(typeof(ResourceList<CredentialSecret>))]
internal sealed partial class CredentialJsonContext : JsonSerializerContext;

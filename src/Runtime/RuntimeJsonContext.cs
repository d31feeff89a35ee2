using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Events;
using ScimOperator.Runtime.LeaderElection;

namespace ScimOperator.Runtime;

/// <summary>Source-generated serialization of the types the runtime itself reads and writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiStatus))]
[JsonSerializable(typeof(DeleteOptions))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(PartialObject))]
[JsonSerializable(typeof(ResourceList<PartialObject>))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(ResourceList<Lease>))]
[JsonSerializable(typeof(ClusterEvent))]
[JsonSerializable(typeof(ResourceList<ClusterEvent>))]
[JsonSerializable(typeof(EventSeriesPatch))]
[JsonSerializable(typeof(CertificateSecret))]
[JsonSerializable(typeof(ResourceList<CertificateSecret>))]
[JsonSerializable(typeof(WebhookConfiguration))]
[JsonSerializable(typeof(ResourceList<WebhookConfiguration>))]
internal sealed partial class RuntimeJsonContext : JsonSerializerContext;

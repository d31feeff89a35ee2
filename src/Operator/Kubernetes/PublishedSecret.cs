using System.Globalization;
using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>A Secret as the cache holds it: metadata and a fingerprint, never a value.</summary>
public sealed record PublishedSecret : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Fingerprint of data.</summary>
    [JsonPropertyName("data"), JsonConverter(typeof(SecretFingerprintConverter))]
    public SecretFingerprint? Fingerprint { get; init; }

    /// <summary>Whether the content is what the operator published.</summary>
    [JsonIgnore]
    public bool IsIntact => Fingerprint is { } f && f.Checksum == this.Annotation(WellKnown.ContentChecksum);

    /// <summary>When the token in it was published.</summary>
    [JsonIgnore]
    public DateTimeOffset? PublishedAt =>
        DateTimeOffset.TryParse(this.Annotation(WellKnown.PublishedAt), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}

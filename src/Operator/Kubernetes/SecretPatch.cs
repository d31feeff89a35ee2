using System.Text.Json.Serialization;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>Merge patch of a published Secret, conditional on the version read; a null value removes a key.</summary>
internal sealed class SecretPatch
{
    public required Fields Metadata { get; init; }

    /// <summary>Values by key; null removes the key.</summary>
    public required IReadOnlyDictionary<string, byte[]?> Data { get; init; }

    internal sealed class Fields
    {
        public required string? ResourceVersion { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public required IReadOnlyDictionary<string, string?> Labels { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public required IReadOnlyDictionary<string, string?> Annotations { get; init; }
    }
}

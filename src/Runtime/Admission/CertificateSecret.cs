using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>core/v1 Secret, as the certificates are kept in it.</summary>
internal sealed record CertificateSecret : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>type.</summary>
    public string? Type { get; init; }

    /// <summary>data, base64 on the wire.</summary>
    public IReadOnlyDictionary<string, byte[]>? Data { get; init; }

    /// <summary>How Secrets are addressed.</summary>
    public static ResourceType<CertificateSecret> Resource { get; } = new(
        "", "v1", "Secret", "secrets",
        RuntimeJsonContext.Default.CertificateSecret, RuntimeJsonContext.Default.ResourceListCertificateSecret);
}

namespace ScimOperator.Runtime.Admission;

/// <summary>WebhookClientConfig, as far as used.</summary>
internal sealed record WebhookClientConfig
{
    /// <summary>caBundle: PEM; the certificates the API server trusts for this webhook.</summary>
    public byte[]? CaBundle { get; init; }
}

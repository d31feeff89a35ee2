using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>admissionregistration.k8s.io/v1 Validating- or MutatingWebhookConfiguration, as far as its CA bundles go.</summary>
internal sealed record WebhookConfiguration : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>webhooks.</summary>
    public IReadOnlyList<WebhookEntry>? Webhooks { get; init; }

    /// <summary>ValidatingWebhookConfigurations.</summary>
    public static ResourceType<WebhookConfiguration> Validating { get; } = Resource("ValidatingWebhookConfiguration", "validatingwebhookconfigurations");

    /// <summary>MutatingWebhookConfigurations.</summary>
    public static ResourceType<WebhookConfiguration> Mutating { get; } = Resource("MutatingWebhookConfiguration", "mutatingwebhookconfigurations");

    private static ResourceType<WebhookConfiguration> Resource(string kind, string plural) => new(
        "admissionregistration.k8s.io", "v1", kind, plural,
        RuntimeJsonContext.Default.WebhookConfiguration, RuntimeJsonContext.Default.ResourceListWebhookConfiguration);
}

namespace ScimOperator.Runtime.Admission;

/// <summary>Which webhook configurations get the CA bundle.</summary>
public sealed record WebhookBundleOptions
{
    /// <summary>Names of ValidatingWebhookConfigurations.</summary>
    public IReadOnlyList<string> Validating { get; init; } = [];

    /// <summary>Names of MutatingWebhookConfigurations.</summary>
    public IReadOnlyList<string> Mutating { get; init; } = [];

    /// <summary>How often they are looked at: a GitOps tool, or an upgrade, may have emptied them.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(30);
}

namespace ScimOperator.DevEnvironments;

/// <summary>The names that config/ gives.</summary>
public static class OperatorConfig
{
    /// <summary>The operator's namespace.</summary>
    public const string Namespace = "scim-operator-system";

    /// <summary>The operator's ServiceAccount.</summary>
    public const string ServiceAccount = "scim-operator";

    /// <summary>The Lease that its replicas compete for.</summary>
    public const string Lease = "scim-operator";

    /// <summary>The namespace of config/samples.</summary>
    public const string SamplesNamespace = "acme";

    /// <summary>The Secret that the samples' Account names.</summary>
    public const string CredentialSecret = "acme-admin-credential";

    /// <summary>The Secret that the samples' ScimToken is published in.</summary>
    public const string TokenSecret = "okta-scim";

    /// <summary>Paths of the webhook configurations.</summary>
    internal static readonly IReadOnlyList<string> WebhookConfigurations =
    [
        "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/scim-operator-validating",
        "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/scim-operator-mutating",
    ];
}

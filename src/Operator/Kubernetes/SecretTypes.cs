using ScimOperator.ApiMachinery;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>The two ways in which the operator reads Secrets.</summary>
internal static class SecretTypes
{
    /// <summary>As cached: without values.</summary>
    internal static ResourceType<PublishedSecret> Published { get; } = new(
        "", "v1", "Secret", "secrets", OperatorJsonContext.Default.PublishedSecret, OperatorJsonContext.Default.PublishedSecretList);

    /// <summary>With values, one at a time.</summary>
    internal static ResourceType<OpaqueSecret> Opaque { get; } = new(
        "", "v1", "Secret", "secrets", OperatorJsonContext.Default.OpaqueSecret, OperatorJsonContext.Default.OpaqueSecretList);
}

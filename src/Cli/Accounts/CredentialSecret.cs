using ScimOperator.ApiMachinery;

namespace ScimOperator.Cli.Accounts;

/// <summary>The Secret with an account's credential: read, used once, and let go. Never printed.</summary>
internal sealed class CredentialSecret : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>data: values by key.</summary>
    public IReadOnlyDictionary<string, byte[]?>? Data { get; init; }

    /// <summary>How it is read.</summary>
    internal static ResourceType<CredentialSecret> Type { get; } = new(
        "", "v1", "Secret", "secrets", CredentialJsonContext.Default.CredentialSecret, CredentialJsonContext.Default.ResourceListCredentialSecret);
}

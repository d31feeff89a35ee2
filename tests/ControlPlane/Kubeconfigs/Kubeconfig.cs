namespace ScimOperator.ControlPlanes.Kubeconfigs;

/// <summary>One cluster and one user: what a kubeconfig's current context comes down to.</summary>
public sealed record Kubeconfig
{
    /// <summary>The API server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The authority that signed the server's certificate (PEM); null for the system's own authorities.</summary>
    public string? CaPem { get; init; }

    /// <summary>The user's certificate (PEM), or null.</summary>
    public string? ClientCertificatePem { get; init; }

    /// <summary>The key of <see cref="ClientCertificatePem"/>, or null; never logged.</summary>
    public string? ClientKeyPem { get; init; }

    /// <summary>The user's bearer token, or null; never logged.</summary>
    public string? Token { get; init; }

    /// <summary>The namespace that commands use where none is said, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>The address alone: neither the key nor the token may slip into a message.</summary>
    public override string ToString() => $"kubeconfig for {Server}";
}

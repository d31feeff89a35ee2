namespace ScimOperator.Runtime.Client;

/// <summary>How a <see cref="KubeClient"/> talks.</summary>
public sealed record KubeClientOptions
{
    /// <summary>Base URL of the API server; may have a path (a proxy that serves several clusters).</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>fieldManager of every write: owns the fields applied.</summary>
    public required string FieldManager { get; init; }

    /// <summary>Longest wait for one answer, watches excepted.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Namespace of the ServiceAccount or of the kubeconfig's context; null when neither says.</summary>
    public string? Namespace { get; init; }
}

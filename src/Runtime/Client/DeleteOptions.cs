namespace ScimOperator.Runtime.Client;

/// <summary>metav1.DeleteOptions, as far as used.</summary>
internal sealed record DeleteOptions
{
    /// <summary>apiVersion.</summary>
    public string ApiVersion { get; init; } = "v1";

    /// <summary>kind.</summary>
    public string Kind { get; init; } = "DeleteOptions";

    /// <summary>preconditions: what must hold for the delete to happen.</summary>
    public DeletePreconditions? Preconditions { get; init; }
}

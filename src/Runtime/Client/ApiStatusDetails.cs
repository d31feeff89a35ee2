namespace ScimOperator.Runtime.Client;

/// <summary>metav1.StatusDetails.</summary>
internal sealed record ApiStatusDetails
{
    /// <summary>retryAfterSeconds: how long to wait.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>causes: one per field at fault.</summary>
    public IReadOnlyList<ApiStatusCause>? Causes { get; init; }
}

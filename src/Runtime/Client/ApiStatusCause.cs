namespace ScimOperator.Runtime.Client;

/// <summary>metav1.StatusCause, without its message: that one may quote the value at fault.</summary>
internal sealed record ApiStatusCause
{
    /// <summary>reason for machines.</summary>
    public string? Reason { get; init; }

    /// <summary>field at fault.</summary>
    public string? Field { get; init; }
}

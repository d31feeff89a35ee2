namespace ScimOperator.Runtime.Client;

/// <summary>metav1.Status: how the API server describes a failure.</summary>
internal sealed record ApiStatus
{
    /// <summary>kind: Status when it is one.</summary>
    public string? Kind { get; init; }

    /// <summary>message for people.</summary>
    public string? Message { get; init; }

    /// <summary>reason for machines.</summary>
    public string? Reason { get; init; }

    /// <summary>HTTP code, the only one there is in a watch's ERROR event.</summary>
    public int? Code { get; init; }

    /// <summary>details.</summary>
    public ApiStatusDetails? Details { get; init; }
}

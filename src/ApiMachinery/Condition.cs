namespace ScimOperator.ApiMachinery;

/// <summary>
/// One metav1.Condition. Kubernetes API conventions, "Typical status properties": type is the key, status is True, False
/// or Unknown, reason is UpperCamel for machines, message is for people.
/// </summary>
public sealed record Condition
{
    /// <summary>type: UpperCamel name of the condition, unique in its list.</summary>
    public required string Type { get; init; }

    /// <summary>status: True, False or Unknown.</summary>
    public required string Status { get; init; }

    /// <summary>reason: one documented UpperCamel word.</summary>
    public required string Reason { get; init; }

    /// <summary>message: what happened and what to do, at most 32768 characters.</summary>
    public required string Message { get; init; }

    /// <summary>observedGeneration: the generation of the object this was computed from.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>lastTransitionTime: when status last changed, whole seconds.</summary>
    public required DateTimeOffset LastTransitionTime { get; init; }
}

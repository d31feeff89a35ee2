namespace ScimOperator.Runtime.Events;

/// <summary>core/v1 ObjectReference.</summary>
internal sealed record EventReference
{
    /// <summary>apiVersion.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>kind.</summary>
    public string? Kind { get; init; }

    /// <summary>namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>name.</summary>
    public string? Name { get; init; }

    /// <summary>uid: kubectl describe finds events by it.</summary>
    public string? Uid { get; init; }

    /// <summary>resourceVersion.</summary>
    public string? ResourceVersion { get; init; }
}

using System.Text.Json.Serialization;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Events;

/// <summary>events.k8s.io/v1 Event (since Kubernetes 1.19).</summary>
internal sealed record ClusterEvent : IKubernetesObject
{
    /// <inheritdoc/>
    public string? ApiVersion { get; init; }

    /// <inheritdoc/>
    public string? Kind { get; init; }

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>eventTime: first time it happened.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>reportingController: who says so.</summary>
    public string? ReportingController { get; init; }

    /// <summary>reportingInstance: which replica, at most 128 characters.</summary>
    public string? ReportingInstance { get; init; }

    /// <summary>action: required; what was done.</summary>
    public string? Action { get; init; }

    /// <summary>reason: required; why.</summary>
    public string? Reason { get; init; }

    /// <summary>regarding: the object concerned.</summary>
    public EventReference? Regarding { get; init; }

    /// <summary>note for people, at most 1024 characters.</summary>
    public string? Note { get; init; }

    /// <summary>type: Normal or Warning.</summary>
    public string? Type { get; init; }

    /// <summary>How events are addressed.</summary>
    public static ResourceType<ClusterEvent> Resource { get; } = new(
        "events.k8s.io", "v1", "Event", "events",
        RuntimeJsonContext.Default.ClusterEvent, RuntimeJsonContext.Default.ResourceListClusterEvent);
}

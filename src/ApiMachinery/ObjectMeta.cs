using System.Text.Json.Serialization;

namespace ScimOperator.ApiMachinery;

/// <summary>
/// The part of Kubernetes' <c>ObjectMeta</c> that controllers act on. Fields left out (managedFields above all) are
/// dropped while reading: thousands of cached objects stay small. Never send a whole object back with PUT: write with
/// patches only, so that what is not modelled here is not lost.
/// </summary>
public sealed record ObjectMeta
{
    /// <summary>name: unique within a namespace for one kind.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>generateName: prefix the API server completes when name is absent on create.</summary>
    public string? GenerateName { get; init; }

    /// <summary>namespace: empty for cluster-scoped objects.</summary>
    [JsonConverter(typeof(PooledStringConverter))]
    public string? Namespace { get; init; }

    /// <summary>uid: identifies this object for ever, unlike its name.</summary>
    public string? Uid { get; init; }

    /// <summary>resourceVersion: the version of this copy; used for optimistic concurrency.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>generation: raised by the API server when the spec changes.</summary>
    public long? Generation { get; init; }

    /// <summary>creationTimestamp: set by the API server.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>deletionTimestamp: set when deletion was asked for; the object stays until its finalizers are gone.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>finalizers: who must finish before the object may go.</summary>
    public IReadOnlyList<string>? Finalizers { get; init; }

    /// <summary>labels.</summary>
    [JsonConverter(typeof(PooledLabelsConverter))]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>annotations.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>ownerReferences: the objects whose deletion takes this one along.</summary>
    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }
}

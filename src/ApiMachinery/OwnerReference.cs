using System.Text.Json.Serialization;

namespace ScimOperator.ApiMachinery;

/// <summary>Kubernetes' <c>OwnerReference</c>: the garbage collector deletes an object whose owners are all gone.</summary>
public sealed record OwnerReference
{
    /// <summary>apiVersion of the owner.</summary>
    [JsonConverter(typeof(PooledStringConverter))]
    public required string ApiVersion { get; init; }

    /// <summary>kind of the owner.</summary>
    [JsonConverter(typeof(PooledStringConverter))]
    public required string Kind { get; init; }

    /// <summary>name of the owner, in the same namespace.</summary>
    public required string Name { get; init; }

    /// <summary>uid of the owner: a new object of the same name is not the owner.</summary>
    public required string Uid { get; init; }

    /// <summary>controller: true for the one owner that manages the object.</summary>
    public bool? Controller { get; init; }

    /// <summary>blockOwnerDeletion: hold the owner in foreground deletion until this object is gone.</summary>
    public bool? BlockOwnerDeletion { get; init; }
}

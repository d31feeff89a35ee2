using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Caching;

/// <summary>A change of an informer's store.</summary>
/// <param name="Old">Before; null when the object is new.</param>
/// <param name="New">After; null when it is gone.</param>
public readonly record struct Delta<T>(T? Old, T? New)
    where T : class, IKubernetesObject
{
    /// <summary>The object concerned: the new one, or the one that went.</summary>
    public T Object => New ?? Old!;
}

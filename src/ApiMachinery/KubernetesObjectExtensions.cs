namespace ScimOperator.ApiMachinery;

/// <summary>Questions asked of every object's metadata.</summary>
public static class KubernetesObjectExtensions
{
    /// <summary>The object's key.</summary>
    public static ObjectKey Key(this IKubernetesObject obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return new ObjectKey(obj.Metadata.Namespace ?? "", obj.Metadata.Name);
    }

    /// <summary>Whether deletion was asked for.</summary>
    public static bool IsDeleting(this IKubernetesObject obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj.Metadata.DeletionTimestamp is not null;
    }

    /// <summary>Whether <paramref name="finalizer"/> holds the object.</summary>
    public static bool HasFinalizer(this IKubernetesObject obj, string finalizer)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj.Metadata.Finalizers?.Contains(finalizer) == true;
    }

    /// <summary>The value of an annotation, or null.</summary>
    public static string? Annotation(this IKubernetesObject obj, string name)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj.Metadata.Annotations is { } all && all.TryGetValue(name, out var value) ? value : null;
    }

    /// <summary>The owner reference that has <c>controller: true</c>, or null.</summary>
    public static OwnerReference? ControllerReference(this IKubernetesObject obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj.Metadata.OwnerReferences?.FirstOrDefault(o => o.Controller == true);
    }
}

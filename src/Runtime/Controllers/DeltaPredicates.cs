using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;

namespace ScimOperator.Runtime.Controllers;

/// <summary>Which changes are worth a reconcile.</summary>
public static class DeltaPredicates
{
    /// <summary>
    /// Anything but a change of the status alone: the object is new or gone, or its spec (generation), deletion, finalizers,
    /// labels, annotations or owners changed. A controller's own status write then does not wake it.
    /// </summary>
    public static bool NotStatusAlone<T>(Delta<T> delta)
        where T : class, IKubernetesObject
    {
        if (delta is not { Old: { } old, New: { } now })
        {
            return true;
        }

        var (a, b) = (old.Metadata, now.Metadata);
        return a.Uid != b.Uid
            || a.Generation != b.Generation
            || a.DeletionTimestamp != b.DeletionTimestamp
            || !Same(a.Finalizers, b.Finalizers)
            || !Same(a.OwnerReferences, b.OwnerReferences)
            || !Same(a.Labels, b.Labels)
            || !Same(a.Annotations, b.Annotations);
    }

    /// <summary>Every delta but the repetition of a version.</summary>
    public static bool VersionChanged<T>(Delta<T> delta)
        where T : class, IKubernetesObject =>
        delta.Old?.Metadata.ResourceVersion != delta.New?.Metadata.ResourceVersion;

    private static bool Same<TItem>(IReadOnlyList<TItem>? a, IReadOnlyList<TItem>? b) =>
        (a ?? []).SequenceEqual(b ?? []);

    private static bool Same(IReadOnlyDictionary<string, string>? a, IReadOnlyDictionary<string, string>? b)
    {
        if ((a?.Count ?? 0) != (b?.Count ?? 0))
        {
            return false;
        }

        return a is null || a.All(pair => b!.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }
}

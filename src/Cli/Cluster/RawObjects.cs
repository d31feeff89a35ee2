using ScimOperator.ApiMachinery;

namespace ScimOperator.Cli.Cluster;

/// <summary>How objects are read without knowing their spec.</summary>
internal static class RawObjects
{
    /// <summary>The same kind, with its spec as it is.</summary>
    internal static ResourceType<RawObject> Of<T>(ResourceType<T> type)
        where T : class, IKubernetesObject =>
        new(type.Group, type.Version, type.Kind, type.Plural, ClusterJsonContext.Default.RawObject, ClusterJsonContext.Default.ResourceListRawObject);
}

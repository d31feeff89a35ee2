using ScimOperator.ApiMachinery;

namespace ScimOperator.Cli.Cluster;

/// <summary>What an object looks like now.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Object">The object; null when there is none.</param>
internal readonly record struct ObjectSighting<T>(string Name, T? Object)
    where T : class, IKubernetesObject;

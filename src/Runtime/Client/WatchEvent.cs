using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>One event of a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it (before it, for Deleted); null for a bookmark.</param>
/// <param name="ResourceVersion">The version to resume after.</param>
public readonly record struct WatchEvent<T>(WatchEventType Type, T? Object, string ResourceVersion)
    where T : class, IKubernetesObject;

namespace ScimOperator.ApiMachinery;

/// <summary>An object of the Kubernetes API: type meta and object meta. Instances in a cache are shared and never changed.</summary>
public interface IKubernetesObject
{
    /// <summary>apiVersion: group/version; absent in items of a list.</summary>
    string? ApiVersion { get; }

    /// <summary>kind; absent in items of a list.</summary>
    string? Kind { get; }

    /// <summary>Standard object metadata.</summary>
    ObjectMeta Metadata { get; }
}

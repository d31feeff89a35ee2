using System.Text.Json.Serialization.Metadata;

namespace ScimOperator.ApiMachinery;

/// <summary>How a kind is addressed and serialized: everything the generic runtime needs to know of it.</summary>
/// <typeparam name="T">The C# type of the kind.</typeparam>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">API version.</param>
/// <param name="Kind">Kind, as in manifests.</param>
/// <param name="Plural">Plural resource name, as in URLs.</param>
/// <param name="Json">Source-generated metadata of the kind.</param>
/// <param name="ListJson">Source-generated metadata of its list.</param>
public sealed record ResourceType<T>(
    string Group,
    string Version,
    string Kind,
    string Plural,
    JsonTypeInfo<T> Json,
    JsonTypeInfo<ResourceList<T>> ListJson)
    where T : class, IKubernetesObject
{
    /// <summary>The value of apiVersion in manifests.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>URL path of a collection, without query; all namespaces when <paramref name="ns"/> is null.</summary>
    public string CollectionPath(string? ns)
    {
        var root = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        return string.IsNullOrEmpty(ns) ? $"{root}/{Plural}" : $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}";
    }

    /// <summary>URL path of one object, or of a subresource of it.</summary>
    public string ObjectPath(ObjectKey key, string? subresource = null)
    {
        var path = $"{CollectionPath(key.Namespace)}/{Uri.EscapeDataString(key.Name)}";
        return subresource is null ? path : $"{path}/{subresource}";
    }
}

namespace ScimOperator.Crds.Schema;

/// <summary>Marks a list as a map keyed by one field (x-kubernetes-list-type: map), so that server-side apply merges it by key.</summary>
/// <param name="key">The key field.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListMapKeyAttribute(string key) : Attribute
{
    /// <summary>The key field.</summary>
    public string Key => key;
}

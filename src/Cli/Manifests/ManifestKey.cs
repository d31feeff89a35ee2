namespace ScimOperator.Cli.Manifests;

/// <summary>Namespace and name of an object.</summary>
internal readonly record struct ManifestKey(string Namespace, string Name) : IComparable<ManifestKey>
{
    public int CompareTo(ManifestKey other)
    {
        var byNamespace = string.CompareOrdinal(Namespace, other.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(Name, other.Name);
    }

    public override string ToString() => $"{Namespace}/{Name}";
}

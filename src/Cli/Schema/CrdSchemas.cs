using System.Collections.Frozen;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Schema;

/// <summary>The schemas of the three kinds, from the very CRDs that are installed in clusters.</summary>
internal sealed class CrdSchemas
{
    private const string Prefix = "crd/";
    private const string Metadata = "metadata.yaml";
    private readonly FrozenDictionary<string, SchemaNode> kinds;

    private CrdSchemas(FrozenDictionary<string, SchemaNode> kinds, SchemaNode metadata)
    {
        this.kinds = kinds;
        MetadataSchema = metadata;
    }

    /// <summary>Names of the kinds.</summary>
    internal IReadOnlyList<string> Kinds => [.. kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The schema of metadata.</summary>
    internal SchemaNode MetadataSchema { get; }

    /// <summary>The schema of a kind; null when there is no such kind.</summary>
    internal SchemaNode? this[string kind] => kinds.GetValueOrDefault(kind);

    /// <summary>Reads the embedded CRDs.</summary>
    internal static CrdSchemas Load()
    {
        var assembly = typeof(CrdSchemas).Assembly;
        var kinds = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).SelectMany(Read).Select(KindOf);
        return new CrdSchemas(kinds.ToFrozenDictionary(k => k.Kind, k => k.Schema, StringComparer.Ordinal), SchemaNode.Read(Read(Metadata)[0]));
    }

    private static (string Kind, SchemaNode Schema) KindOf(Node crd)
    {
        var version = crd.Find("spec", "versions")!.Items.Single(v => v["name"]!.Text == Crds.GroupVersion.Version);
        return (crd.Find("spec", "names", "kind")!.Text, SchemaNode.Read(version.Find("schema", "openAPIV3Schema")!));
    }

    private static IReadOnlyList<Node> Read(string resource)
    {
        using var stream = typeof(CrdSchemas).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return YamlReader.Read(resource, reader.ReadToEnd(), new InputLimits());
    }
}

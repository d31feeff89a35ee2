using System.Reflection;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;
using ScimOperator.Crds.Schema;

namespace ScimOperator.CrdGen;

/// <summary>Everything that is generated from the C# types of the three kinds.</summary>
public static class Generator
{
    /// <summary>Where the CRDs go unless said otherwise, relative to the repository's root.</summary>
    public const string DefaultCrdFolder = "config/crd/bases";

    /// <summary>Where the reference goes.</summary>
    public const string ReferencePath = "docs/reference/api.md";

    private const string Header = "# Generated from src/Crds by `make manifests`. Do not edit.\n---\n";

    private static readonly Type[] Kinds = [typeof(Account), typeof(AccountUser), typeof(ScimToken)];

    /// <summary>The schema of each kind, by kind, in the order of the reference.</summary>
    public static IReadOnlyDictionary<string, SchemaNode> Schemas()
    {
        var builder = new SchemaBuilder(XmlDocumentation.Load(typeof(Account).Assembly, typeof(Condition).Assembly));
        return Kinds.ToDictionary(k => k.Name, builder.BuildRoot, StringComparer.Ordinal);
    }

    /// <summary>All generated files, CRDs in <paramref name="crdFolder"/>.</summary>
    public static IReadOnlyList<GeneratedFile> Files(string crdFolder = DefaultCrdFolder)
    {
        var schemas = Schemas();
        return
        [
            .. Kinds.Select(kind => new GeneratedFile(
                $"{crdFolder.TrimEnd('/')}/{GroupVersion.Group}_{Plural(kind)}.yaml",
                Header + YamlText.Write(CrdDocument.Build(kind, schemas[kind.Name])))),
            new GeneratedFile(ReferencePath, ApiReference.Write(schemas)),
        ];
    }

    private static string Plural(Type kind) => kind.GetCustomAttribute<CustomResourceAttribute>()!.Plural;
}

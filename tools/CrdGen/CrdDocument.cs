using System.Reflection;
using ScimOperator.Crds;
using ScimOperator.Crds.Schema;

namespace ScimOperator.CrdGen;

/// <summary>The CustomResourceDefinition (apiextensions.k8s.io/v1) of one kind.</summary>
internal static class CrdDocument
{
    /// <summary>Builds the document.</summary>
    internal static YamlMap Build(Type kind, SchemaNode schema)
    {
        var names = kind.GetCustomAttribute<CustomResourceAttribute>()
            ?? throw new InvalidOperationException($"{kind.Name} lacks [CustomResource].");
        return new YamlMap
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new YamlMap { ["name"] = $"{names.Plural}.{GroupVersion.Group}" },
            ["spec"] = new YamlMap
            {
                ["group"] = GroupVersion.Group,
                ["names"] = Names(names),
                ["scope"] = "Namespaced",
                ["versions"] = new List<YamlMap> { Version(kind, schema) },
            },
        };
    }

    private static YamlMap Names(CustomResourceAttribute names) => new()
    {
        ["categories"] = (string[])[GroupVersion.Category],
        ["kind"] = names.Kind,
        ["listKind"] = $"{names.Kind}List",
        ["plural"] = names.Plural,
        ["shortNames"] = (string[])[names.ShortName],
        ["singular"] = names.Kind.ToLowerInvariant(),
    };

    private static YamlMap Version(Type kind, SchemaNode schema) => new()
    {
        ["additionalPrinterColumns"] = kind.GetCustomAttributes<PrinterColumnAttribute>().OrderBy(c => c.Order).Select(Column).ToList(),
        ["name"] = GroupVersion.Version,
        ["schema"] = new YamlMap { ["openAPIV3Schema"] = SchemaTree.ToYaml(schema) },
        ["served"] = true,
        ["storage"] = true,
        ["subresources"] = new YamlMap { ["status"] = new YamlMap() },
    };

    private static YamlMap Column(PrinterColumnAttribute column)
    {
        var map = new YamlMap { ["jsonPath"] = column.JsonPath, ["name"] = column.Name };
        map.AddIfAny("priority", column.Priority == 0 ? null : column.Priority);
        map.Add("type", column.Type);
        return map;
    }
}

using ScimOperator.CrdGen;

namespace ScimOperator.Crds.Tests;

/// <summary>Every field of every kind, with the path a manifest would have.</summary>
internal static class SchemaWalk
{
    internal static IEnumerable<(string Path, bool Required, SchemaNode Schema)> Fields() =>
        Generator.Schemas().SelectMany(kind => Below(kind.Key, kind.Value));

    /// <summary>All but apiVersion, kind and metadata, which every kind of Kubernetes has.</summary>
    internal static IEnumerable<(string Path, bool Required, SchemaNode Schema)> OwnFields() =>
        Fields().Where(f => f.Path.Split('.')[1] is "spec" or "status");

    private static IEnumerable<(string Path, bool Required, SchemaNode Schema)> Below(string path, SchemaNode node)
    {
        foreach (var (name, required, schema) in node.Properties)
        {
            var here = $"{path}.{name}";
            yield return (here, required, schema);
            if (schema.Items is { } items)
            {
                yield return ($"{here}[]", false, items);
            }

            if (schema.AdditionalProperties is { } values)
            {
                yield return ($"{here}{{}}", false, values);
            }

            foreach (var below in Below(schema.Items is null ? here : $"{here}[]", schema.Items ?? schema))
            {
                yield return below;
            }
        }
    }
}

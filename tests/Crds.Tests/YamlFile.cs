using YamlDotNet.RepresentationModel;

namespace ScimOperator.Crds.Tests;

/// <summary>Reads the files under config/ as plain nodes, as a cluster's tools see them.</summary>
internal static class YamlFile
{
    internal static IReadOnlyList<YamlMappingNode> Documents(string path)
    {
        using var reader = new StreamReader(path);
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(d => (YamlMappingNode)d.RootNode)];
    }

    /// <summary>Documents of a file below the repository's root.</summary>
    internal static IReadOnlyList<YamlMappingNode> Read(string relative) => Documents(Repository.PathOf(relative));

    /// <summary>The node at a path of keys and list positions, or null.</summary>
    internal static YamlNode? At(this YamlNode node, params IEnumerable<object> path)
    {
        YamlNode? current = node;
        foreach (var step in path)
        {
            current = (current, step) switch
            {
                (YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null,
                (YamlSequenceNode list, int index) => index < list.Children.Count ? list.Children[index] : null,
                _ => null,
            };
        }

        return current;
    }

    internal static string? Text(this YamlNode node, params IEnumerable<object> path) => (node.At(path) as YamlScalarNode)?.Value;

    internal static IReadOnlyList<YamlNode> Items(this YamlNode node, params IEnumerable<object> path) =>
        node.At(path) is YamlSequenceNode list ? [.. list.Children] : [];

    internal static IReadOnlyList<string> Texts(this YamlNode node, params IEnumerable<object> path) =>
        [.. node.Items(path).Select(i => ((YamlScalarNode)i).Value ?? "")];
}

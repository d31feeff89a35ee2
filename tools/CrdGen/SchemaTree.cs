namespace ScimOperator.CrdGen;

/// <summary>A schema as the ordered mapping that is written to YAML.</summary>
internal static class SchemaTree
{
    /// <summary>Converts a node and all below it. Keys are in alphabetical order, as controller-gen writes them.</summary>
    internal static YamlMap ToYaml(SchemaNode node)
    {
        var map = new YamlMap();
        map.AddIfAny("additionalProperties", node.AdditionalProperties is null ? null : ToYaml(node.AdditionalProperties));
        map.AddIfAny("description", node.Description);
        map.AddIfAny("enum", node.Enum.Count == 0 ? null : node.Enum);
        map.AddIfAny("format", node.Format);
        map.AddIfAny("items", node.Items is null ? null : ToYaml(node.Items));
        map.AddIfAny($"max{LengthWord(node)}", node.MaxLength);
        // The largest 64-bit number is no limit, and as a double (which is how the API server compares) it would refuse itself.
        map.AddIfAny("maximum", node.Maximum == long.MaxValue ? null : node.Maximum);
        map.AddIfAny($"min{LengthWord(node)}", node.MinLength);
        map.AddIfAny("minimum", node.Minimum);
        map.AddIfAny("pattern", node.Pattern);
        map.AddIfAny("properties", node.Properties.Count == 0 ? null : Properties(node));
        var required = node.Properties.Where(p => p.Required).Select(p => p.Name).ToList();
        map.AddIfAny("required", required.Count == 0 ? null : required);
        map.Add("type", node.Type);
        AddExtensions(node, map);
        return map;
    }

    private static void AddExtensions(SchemaNode node, YamlMap map)
    {
        if (node.Type == "array")
        {
            map.AddIfAny("x-kubernetes-list-map-keys", node.ListMapKey is null ? null : (string[])[node.ListMapKey]);
            map.Add("x-kubernetes-list-type", node.ListMapKey is null ? "atomic" : "map");
        }

        if (node.Rules.Count > 0)
        {
            map.Add("x-kubernetes-validations", node.Rules.Select(Rule).ToList());
        }
    }

    private static YamlMap Properties(SchemaNode node)
    {
        var map = new YamlMap();
        foreach (var property in node.Properties)
        {
            map.Add(property.Name, ToYaml(property.Schema));
        }

        return map;
    }

    private static YamlMap Rule(SchemaRule rule) => new() { ["message"] = rule.Message, ["rule"] = rule.Rule };

    private static string LengthWord(SchemaNode node) => node.Type switch
    {
        "array" => "Items",
        "object" => "Properties",
        _ => "Length",
    };
}

using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Schema;

/// <summary>
/// One node of a structural schema (openAPIV3Schema), read for validation. A keyword that is not known here fails the reading, so that a
/// schema which says more than is checked can't pass unnoticed.
/// </summary>
internal sealed class SchemaNode
{
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "additionalProperties", "description", "enum", "format", "items", "maxItems", "maxLength", "maxProperties", "maximum", "minLength", "minimum",
        "nullable", "pattern", "properties", "required", "type", "x-kubernetes-list-map-keys", "x-kubernetes-list-type",
        "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations",
    }.ToFrozenSet(StringComparer.Ordinal);

    private SchemaNode(Node node)
    {
        Type = node["type"]!.Text;
        Nullable = node["nullable"]?.Text == "true";
        PreservesUnknown = node["x-kubernetes-preserve-unknown-fields"]?.Text == "true";
        Properties = Entries(node["properties"]).ToFrozenDictionary(e => e.Key, e => Read(e.Value), StringComparer.Ordinal);
        AdditionalProperties = node["additionalProperties"] is { } values ? Read(values) : null;
        Items = node["items"] is { } items ? Read(items) : null;
        Required = Texts(node["required"]);
        Enum = Texts(node["enum"]);
        MapKeys = Texts(node["x-kubernetes-list-map-keys"]);
        Format = node["format"]?.Text;
        PatternText = node["pattern"]?.Text;
        Pattern = PatternText is null ? null : new Regex(Translate(PatternText), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        Minimum = Number(node["minimum"]);
        Maximum = Number(node["maximum"]);
        MinLength = Number(node["minLength"]);
        MaxLength = Number(node["maxLength"]);
        MaxItems = Number(node["maxItems"]);
        MaxProperties = Number(node["maxProperties"]);
        Rules = [.. (node["x-kubernetes-validations"]?.Items ?? []).Select(r => new CelRule(r["rule"]!.Text, r["message"]!.Text))];
    }

    internal string Type { get; }

    internal bool Nullable { get; }

    internal bool PreservesUnknown { get; }

    internal FrozenDictionary<string, SchemaNode> Properties { get; }

    internal SchemaNode? AdditionalProperties { get; }

    internal SchemaNode? Items { get; }

    internal IReadOnlyList<string> Required { get; }

    internal IReadOnlyList<string> Enum { get; }

    internal IReadOnlyList<string> MapKeys { get; }

    internal string? Format { get; }

    internal string? PatternText { get; }

    internal Regex? Pattern { get; }

    internal long? Minimum { get; }

    internal long? Maximum { get; }

    internal long? MinLength { get; }

    internal long? MaxLength { get; }

    internal long? MaxItems { get; }

    internal long? MaxProperties { get; }

    internal IReadOnlyList<CelRule> Rules { get; }

    internal static SchemaNode Read(Node node)
    {
        var unknown = node.Entries.FirstOrDefault(e => !Keywords.Contains(e.Key));
        return unknown is null ? new SchemaNode(node) : throw new InputException(unknown.KeyAt, $"the schema keyword {unknown.Key} is not known here");
    }

    /// <summary>All nodes of the schema, this one first.</summary>
    internal IEnumerable<SchemaNode> SelfAndBelow() =>
        new[] { this }.Concat(Properties.Values.Append(AdditionalProperties).Append(Items).OfType<SchemaNode>().SelectMany(n => n.SelfAndBelow()));

    /// <summary>The API server's expressions are Go's: there <c>$</c> is the very end, and <c>\s</c> is ASCII.</summary>
    private static string Translate(string pattern)
    {
        var ended = pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal) ? pattern[..^1] + "\\z" : pattern;
        return ended.Replace("\\s", "\\t\\n\\f\\r ", StringComparison.Ordinal);
    }

    private static IReadOnlyList<Entry> Entries(Node? node) => node?.Entries ?? [];

    private static IReadOnlyList<string> Texts(Node? node) => [.. (node?.Items ?? []).Select(i => i.Text)];

    private static long? Number(Node? node) => node is null ? null : long.Parse(node.Text, CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using ScimOperator.Crds;

namespace ScimOperator.CrdGen;

/// <summary>The field reference in Markdown: one table for the spec and one for the status of each kind.</summary>
internal static class ApiReference
{
    /// <summary>Writes the page.</summary>
    internal static string Write(IReadOnlyDictionary<string, SchemaNode> schemas)
    {
        var text = new StringBuilder();
        text.Append("<!-- Generated from src/Crds by `make manifests`. Do not edit. -->\n");
        text.Append(CultureInfo.InvariantCulture, $"# API reference: {GroupVersion.ApiVersion}\n\n");
        text.Append("The same text is shown by `kubectl explain <kind> --recursive` and `kubectl explain <kind>.<field>`.\n");
        text.Append("Conditions and their reasons: [conditions](conditions.md).\n");
        foreach (var (kind, schema) in schemas)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {kind}\n\n{schema.Description}\n");
            AppendRules(text, "", schema);
            foreach (var part in schema.Properties.Where(p => p.Schema.Properties.Count > 0))
            {
                AppendTable(text, part);
            }
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, SchemaProperty part)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {part.Name}\n\n{part.Schema.Description}\n\n");
        text.Append("| field | type | required | limits | description |\n| --- | --- | --- | --- | --- |\n");
        AppendRows(text, part.Name, part.Schema);
        AppendRules(text, part.Name, part.Schema);
    }

    private static void AppendRows(StringBuilder text, string path, SchemaNode parent)
    {
        foreach (var (name, required, schema) in parent.Properties)
        {
            var here = schema.Type == "array" ? $"{path}.{name}[]" : $"{path}.{name}";
            text.Append(CultureInfo.InvariantCulture, $"| `{here}` | {TypeOf(schema)} | {(required ? "yes" : "")} | {Limits(schema)} | {Cell(schema.Description)} |\n");
            AppendRows(text, here, schema.Items ?? schema);
        }
    }

    private static void AppendRules(StringBuilder text, string path, SchemaNode node)
    {
        foreach (var rule in node.Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nRule{(path.Length == 0 ? "" : $" of `{path}`")}: {rule.Message}.\n");
        }
    }

    private static string TypeOf(SchemaNode node) => node switch
    {
        { Items: { } items } => $"list of {TypeOf(items)}",
        { AdditionalProperties: { } values } => $"map of {TypeOf(values)}",
        { Enum.Count: > 0 } => "enum",
        { Type: "string", Format: "date-time" } => "time",
        _ => node.Type,
    };

    private static string Limits(SchemaNode node)
    {
        var unit = node.Type switch { "array" => "items", "object" => "entries", _ => "characters" };
        string?[] limits =
        [
            node.Enum.Count > 0 ? string.Join(", ", node.Enum.Select(v => $"`{v}`")) : null,
            Between(node.MinLength, node.MaxLength, unit),
            Between(node.Minimum, node.Maximum, ""),
            node.AdditionalProperties?.MaxLength is { } each ? $"each at most {each} characters" : null,
            node.Pattern is null ? null : $"`{Cell(node.Pattern)}`",
            node.ListMapKey is null ? null : $"unique by `{node.ListMapKey}`",
            .. node.Rules.Select(r => r.Message),
        ];
        return string.Join("; ", limits.Where(l => l is not null));
    }

    private static string? Between(long? min, long? max, string unit) => (min, max) switch
    {
        (null, null) => null,
        ({ } low, { } high) => $"{low} to {high} {unit}".TrimEnd(),
        ({ } low, null) => $"at least {low} {unit}".TrimEnd(),
        (null, { } high) => $"at most {high} {unit}".TrimEnd(),
    };

    private static string Cell(string? text) =>
        (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);
}

using System.Globalization;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Schema;

/// <summary>Validates a value against a structural schema and notes every problem with its place. Unknown fields are problems.</summary>
internal sealed class SchemaValidator(ICollection<InputProblem> problems)
{
    /// <summary>Enough for a person to work through; a file of nonsense must not become a report of gigabytes.</summary>
    private const int MostProblems = 200;

    /// <summary>Validates <paramref name="node"/>; <paramref name="path"/> is how messages call it.</summary>
    internal void Validate(Node node, SchemaNode schema, string path)
    {
        if (problems.Count >= MostProblems || !HasType(node, schema, path))
        {
            return;
        }

        switch (node.Kind)
        {
            case NodeKind.Map:
                Map(node, schema, path);
                break;
            case NodeKind.List:
                List(node, schema, path);
                break;
            default:
                foreach (var problem in ScalarRules.Check(node, schema))
                {
                    Add(node.At, $"{path} {problem}");
                }

                break;
        }

        foreach (var rule in schema.Rules.Where(r => !CelRules.Holds(r.Expression, node)))
        {
            Add(node.At, $"{path}: {rule.Message}");
        }
    }

    /// <summary>Notes where a value that must not change has changed.</summary>
    internal void ValidateTransition(Node before, Node after, SchemaNode schema, string path)
    {
        if (schema.Rules.FirstOrDefault(r => r.Expression == CelRules.Immutable) is { } rule && !before.SameAs(after))
        {
            Add(after.At, $"{path}: {rule.Message}");
        }

        foreach (var (name, below) in schema.Properties)
        {
            if (before[name] is { } was && after[name] is { } now)
            {
                ValidateTransition(was, now, below, $"{path}.{name}");
            }
        }
    }

    private void Add(Position at, string message)
    {
        if (problems.Count < MostProblems)
        {
            problems.Add(new InputProblem(at, message));
        }
    }

    private bool HasType(Node node, SchemaNode schema, string path)
    {
        var fits = (schema.Type, node.Kind) switch
        {
            (_, NodeKind.Null) => schema.Nullable,
            ("object", NodeKind.Map) or ("array", NodeKind.List) or ("string", NodeKind.Text) or ("boolean", NodeKind.Boolean) => true,
            ("integer", NodeKind.Integer) or ("number", NodeKind.Integer or NodeKind.Number) => true,
            _ => false,
        };
        if (!fits)
        {
            Add(node.At, $"{path} must be {Article(schema.Type)}, not {Describe(node)}{Hint(node, schema)}");
        }

        return fits && node.Kind != NodeKind.Null;
    }

    private static string Hint(Node node, SchemaNode schema) =>
        schema.Type == "string" && node.Kind is NodeKind.Boolean or NodeKind.Integer or NodeKind.Number ? ": put it in quotes" : "";

    private static string Article(string type) => type switch
    {
        "object" => "a mapping",
        "array" => "a list",
        "integer" => "a whole number",
        _ => $"a {type}",
    };

    private static string Describe(Node node) => node.Kind switch
    {
        NodeKind.Null => "empty (null)",
        NodeKind.Map => "a mapping",
        NodeKind.List => "a list",
        NodeKind.Text => $"the string \"{ScalarRules.Shorten(node.Text)}\"",
        NodeKind.Boolean => $"the boolean {node.Text}",
        _ => $"the number {ScalarRules.Shorten(node.Text)}",
    };

    private void Map(Node node, SchemaNode schema, string path)
    {
        foreach (var name in schema.Required.Where(r => node.Entry(r) is null))
        {
            Add(node.At, $"{path}.{name} is required");
        }

        if (schema.MaxProperties is { } most && node.Entries.Count > most)
        {
            Add(node.At, string.Create(CultureInfo.InvariantCulture, $"{path} has {node.Entries.Count} entries, more than {most}"));
        }

        foreach (var entry in node.Entries)
        {
            if ((schema.Properties.GetValueOrDefault(entry.Key) ?? schema.AdditionalProperties) is { } below)
            {
                Validate(entry.Value, below, $"{path}.{entry.Key}");
            }
            else if (!schema.PreservesUnknown && IsClosed(schema))
            {
                Add(entry.KeyAt, $"{path}.{ScalarRules.Shorten(entry.Key)} is not a known field{Nearest(entry.Key, schema)}");
            }
        }
    }

    /// <summary>metadata has no properties in a CRD's schema: it is judged by its own.</summary>
    private static bool IsClosed(SchemaNode schema) => schema.Properties.Count > 0;

    private static string Nearest(string key, SchemaNode schema)
    {
        var alike = schema.Properties.Keys.Where(k => k.Equals(key, StringComparison.OrdinalIgnoreCase) || k.StartsWith(key, StringComparison.OrdinalIgnoreCase)).ToList();
        return alike.Count == 1
            ? $": {alike[0]} is meant?"
            : $": the fields here are {string.Join(", ", schema.Properties.Keys.Order(StringComparer.Ordinal))}";
    }

    private void List(Node node, SchemaNode schema, string path)
    {
        if (schema.MaxItems is { } most && node.Items.Count > most)
        {
            Add(node.At, string.Create(CultureInfo.InvariantCulture, $"{path} has {node.Items.Count} items, more than {most}"));
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < node.Items.Count && schema.Items is not null; i++)
        {
            var item = node.Items[i];
            Validate(item, schema.Items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
            if (schema.MapKeys.Count > 0 && !keys.Add(string.Join('\0', schema.MapKeys.Select(k => item[k]?.Text))))
            {
                Add(item.At, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}] repeats an earlier item's {string.Join(", ", schema.MapKeys)}"));
            }
        }
    }
}

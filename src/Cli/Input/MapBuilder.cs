namespace ScimOperator.Cli.Input;

/// <summary>Collects a map's entries: refuses a key that is given twice, and carries out YAML's merge key.</summary>
internal sealed class MapBuilder(Position at)
{
    private const string MergeKey = "<<";
    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, Position> seen = new(StringComparer.Ordinal);
    private readonly List<Node> merged = [];

    /// <summary>Adds an entry of a YAML map.</summary>
    internal void Add(Node key, Node value)
    {
        if (key.Kind is NodeKind.List or NodeKind.Map)
        {
            throw new InputException(key.At, "a key must be a string, not a list or a mapping");
        }

        if (key.Text == MergeKey)
        {
            merged.AddRange(value.Kind == NodeKind.List ? value.Items : [value]);
            return;
        }

        Add(key.Text, key.At, value);
    }

    /// <summary>Adds an entry.</summary>
    internal void Add(string key, Position keyAt, Node value)
    {
        if (!seen.TryAdd(key, keyAt))
        {
            throw new InputException(keyAt, $"the key \"{key}\" is given twice, first in line {seen[key].Line}: remove one");
        }

        entries.Add(new Entry(key, keyAt, value));
    }

    internal Node Build()
    {
        foreach (var source in merged)
        {
            if (source.Kind != NodeKind.Map)
            {
                throw new InputException(source.At, "a merge key (<<) takes a mapping or a list of mappings");
            }

            // What is written out, or merged earlier, wins.
            entries.AddRange(source.Entries.Where(e => seen.TryAdd(e.Key, e.KeyAt)));
        }

        return Node.Map(at, entries);
    }
}

namespace ScimOperator.Cli.Input;

/// <summary>A value of a YAML or JSON document, with its place. Immutable once read; aliases share instances.</summary>
internal sealed class Node
{
    private static readonly IReadOnlyList<Node> NoItems = [];
    private static readonly IReadOnlyList<Entry> NoEntries = [];

    private Node(NodeKind kind, Position at, string text, IReadOnlyList<Node> items, IReadOnlyList<Entry> entries)
    {
        Kind = kind;
        At = at;
        Text = text;
        Items = items;
        Entries = entries;
        Size = (int)Math.Min(int.MaxValue, 1L + items.Sum(i => (long)i.Size) + entries.Sum(e => (long)e.Value.Size));
        Height = 1 + Math.Max(items.Count == 0 ? 0 : items.Max(i => i.Height), entries.Count == 0 ? 0 : entries.Max(e => e.Value.Height));
    }

    /// <summary>What it is.</summary>
    internal NodeKind Kind { get; }

    /// <summary>Where it begins.</summary>
    internal Position At { get; }

    /// <summary>A scalar in JSON's spelling: <c>true</c>, <c>12</c>, the text itself; empty for the rest.</summary>
    internal string Text { get; }

    /// <summary>Items of a list.</summary>
    internal IReadOnlyList<Node> Items { get; }

    /// <summary>Entries of a map, in order.</summary>
    internal IReadOnlyList<Entry> Entries { get; }

    /// <summary>How many values it is made of.</summary>
    internal int Size { get; }

    /// <summary>How deeply it is nested; 1 for a scalar.</summary>
    internal int Height { get; }

    /// <summary>The value of a map's key; null when there is none, or this is no map.</summary>
    internal Node? this[string key] => Entry(key)?.Value;

    internal static Node Scalar(NodeKind kind, Position at, string text) => new(kind, at, text, NoItems, NoEntries);

    internal static Node List(Position at, IReadOnlyList<Node> items) => new(NodeKind.List, at, "", items, NoEntries);

    internal static Node Map(Position at, IReadOnlyList<Entry> entries) => new(NodeKind.Map, at, "", NoItems, entries);

    internal Entry? Entry(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Follows keys.</summary>
    internal Node? Find(params ReadOnlySpan<string> path)
    {
        var node = this;
        foreach (var key in path)
        {
            node = node?[key];
        }

        return node;
    }

    /// <summary>The text of a string; null for anything else.</summary>
    internal string? AsText() => Kind == NodeKind.Text ? Text : null;

    /// <summary>Whether two values are equal as JSON, whatever the order of keys.</summary>
    internal bool SameAs(Node other)
    {
        if (Kind != other.Kind || Text != other.Text || Items.Count != other.Items.Count || Entries.Count != other.Entries.Count)
        {
            return false;
        }

        var others = other.Entries.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        return Items.Zip(other.Items).All(pair => pair.First.SameAs(pair.Second))
            && Entries.All(e => others.TryGetValue(e.Key, out var value) && e.Value.SameAs(value));
    }
}

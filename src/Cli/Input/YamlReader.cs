using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScimOperator.Cli.Input;

/// <summary>
/// Reads a YAML stream into documents, within limits. Fails with <see cref="InputException"/> only. Aliases share the value they
/// name, and what they repeat is counted, so that a few lines can't stand for a billion values.
/// </summary>
internal sealed class YamlReader
{
    private readonly string file;
    private readonly InputLimits limits;
    private readonly Parser parser;
    private readonly Dictionary<string, Node?> anchors = new(StringComparer.Ordinal);
    private int values;
    private int aliased;

    private YamlReader(string file, string text, InputLimits limits)
    {
        this.file = file;
        this.limits = limits;
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>Reads all documents; empty ones are left out.</summary>
    internal static IReadOnlyList<Node> Read(string file, string text, InputLimits limits)
    {
        var reader = new YamlReader(file, text, limits);
        try
        {
            return reader.Documents();
        }
        catch (YamlException e)
        {
            throw new InputException(reader.At(e.Start), $"this is not YAML: {Sentence(e)}{Noticed(e)}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or ArithmeticException or IndexOutOfRangeException or FormatException)
        {
            // The parser answers a few malformed escapes and directives with the runtime's own exceptions.
            throw new InputException(reader.At(reader.parser.Current?.Start ?? Mark.Empty), "this is not YAML: what begins here is not complete, or holds what YAML does not know");
        }
    }

    private static string Sentence(YamlException e) => e.Message is { Length: > 0 } message ? char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.') : "it can't be parsed";

    /// <summary>A mistake shows where the value begins that it is in; the place it was noticed at is often the better hint.</summary>
    private static string Noticed(YamlException e) =>
        e.End.Line > e.Start.Line ? string.Create(CultureInfo.InvariantCulture, $" (noticed in line {e.End.Line}, column {e.End.Column})") : "";

    private List<Node> Documents()
    {
        var documents = new List<Node>();
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case DocumentStart:
                    anchors.Clear();
                    aliased = 0;
                    break;
                case StreamStart or StreamEnd or DocumentEnd or Comment:
                    break;
                default:
                    Add(documents, Value(1));
                    break;
            }
        }

        return documents;
    }

    private static void Add(List<Node> documents, Node document)
    {
        if (document.Kind != NodeKind.Null)
        {
            documents.Add(document);
        }
    }

    /// <summary>Reads the value that the parser stands on.</summary>
    private Node Value(int depth)
    {
        var current = parser.Current!;
        var at = At(current.Start);
        Count(1, at);
        if (current is AnchorAlias alias)
        {
            var target = Resolve(alias, at);
            RequireDepth(depth + target.Height - 1, at);
            return target;
        }

        if (current is not NodeEvent node)
        {
            throw new InputException(at, "this is not YAML: a value is expected here");
        }

        RequireDepth(depth, at);
        // Known, but not readable until it is complete: a value can't contain itself.
        var anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        if (anchor is not null)
        {
            anchors[anchor] = null;
        }

        var value = node switch
        {
            Scalar scalar => YamlScalars.Read(scalar, at),
            SequenceStart sequence => List(sequence, at, depth),
            MappingStart mapping => Map(mapping, at, depth),
            _ => throw new InputException(at, "this is not YAML: a value is expected here"),
        };
        if (anchor is not null)
        {
            anchors[anchor] = value;
        }

        return value;
    }

    private Node Resolve(AnchorAlias alias, Position at)
    {
        var name = alias.Value.Value;
        if (!anchors.TryGetValue(name, out var target))
        {
            throw new InputException(at, $"the alias *{name} names no anchor above it in this document");
        }

        if (target is null)
        {
            throw new InputException(at, $"the alias *{name} stands inside the value it names");
        }

        aliased = (int)Math.Min(int.MaxValue, (long)aliased + target.Size);
        if (aliased > limits.AliasedValues)
        {
            throw new InputException(at, $"the aliases of this document repeat more than {limits.AliasedValues} values: write them out, or split the document");
        }

        Count(target.Size, at);
        return target;
    }

    private Node List(SequenceStart sequence, Position at, int depth)
    {
        YamlScalars.RequireTag(sequence, "seq", at);
        var items = new List<Node>();
        while (Next() is not SequenceEnd)
        {
            items.Add(Value(depth + 1));
        }

        return Node.List(at, items);
    }

    private Node Map(MappingStart mapping, Position at, int depth)
    {
        YamlScalars.RequireTag(mapping, "map", at);
        var builder = new MapBuilder(at);
        while (Next() is not MappingEnd)
        {
            var key = Value(depth + 1);
            Next();
            builder.Add(key, Value(depth + 1));
        }

        return builder.Build();
    }

    private ParsingEvent Next()
    {
        if (!parser.MoveNext())
        {
            throw new InputException(At(parser.Current?.End ?? Mark.Empty), "this is not YAML: it ends in the middle of a value");
        }

        return parser.Current!;
    }

    private void RequireDepth(int depth, Position at)
    {
        if (depth > limits.Depth)
        {
            throw new InputException(at, $"this is nested more than {limits.Depth} levels deep: no manifest is");
        }
    }

    private void Count(int more, Position at)
    {
        values = (int)Math.Min(int.MaxValue, (long)values + more);
        if (values > limits.Values)
        {
            throw new InputException(at, $"the file has more than {limits.Values} values: split it");
        }
    }

    private Position At(Mark mark) => new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}

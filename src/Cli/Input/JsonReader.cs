using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ScimOperator.Cli.Input;

/// <summary>Reads a JSON document, within limits. Fails with <see cref="InputException"/> only.</summary>
internal ref struct JsonReader
{
    private readonly string file;
    private readonly InputLimits limits;
    private readonly ReadOnlySpan<byte> bytes;
    private Utf8JsonReader reader;
    private int values;
    private int line = 1;
    private int column = 1;
    private int counted;

    private JsonReader(string file, ReadOnlySpan<byte> bytes, InputLimits limits)
    {
        this.file = file;
        this.bytes = bytes;
        this.limits = limits;
        reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = limits.Depth });
    }

    internal static IReadOnlyList<Node> Read(string file, string text, InputLimits limits)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var json = new JsonReader(file, Encoding.UTF8.GetBytes(text), limits);
        try
        {
            json.reader.Read();
            var document = json.Value();
            json.reader.Read();
            return [document];
        }
        catch (JsonException e)
        {
            throw new InputException(
                new Position(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1),
                $"this is not JSON, or it is nested more than {limits.Depth} levels deep");
        }
        catch (InvalidOperationException)
        {
            throw new InputException(json.At(), "a string has an escape that is half a character (a lone surrogate)");
        }
    }

    private Node Value()
    {
        var at = At();
        if (++values > limits.Values)
        {
            throw new InputException(at, $"the file has more than {limits.Values} values: split it");
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Map(at),
            JsonTokenType.StartArray => List(at),
            JsonTokenType.String => Node.Scalar(NodeKind.Text, at, reader.GetString()!),
            JsonTokenType.Number => Number(at),
            JsonTokenType.True => Node.Scalar(NodeKind.Boolean, at, "true"),
            JsonTokenType.False => Node.Scalar(NodeKind.Boolean, at, "false"),
            _ => Node.Scalar(NodeKind.Null, at, "null"),
        };
    }

    private readonly Node Number(Position at)
    {
        if (reader.TryGetInt64(out var integer))
        {
            return Node.Scalar(NodeKind.Integer, at, integer.ToString(CultureInfo.InvariantCulture));
        }

        return reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? YamlScalars.FromDouble(number, at)
            : throw new InputException(at, "the number is too large");
    }

    private Node Map(Position at)
    {
        var builder = new MapBuilder(at);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var keyAt = At();
            var key = reader.GetString()!;
            reader.Read();
            builder.Add(key, keyAt, Value());
        }

        return builder.Build();
    }

    private Node List(Position at)
    {
        var items = new List<Node>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value());
        }

        return Node.List(at, items);
    }

    /// <summary>Where the current token begins; counts on from the last call, so that a file is gone through once.</summary>
    private Position At()
    {
        var index = (int)Math.Min(reader.TokenStartIndex, bytes.Length);
        for (; counted < index; counted++)
        {
            var b = bytes[counted];
            if (b == '\n')
            {
                line++;
                column = 1;
            }
            else if ((b & 0xC0) != 0x80)
            {
                // A character of four bytes is two UTF-16 code units; the bytes that follow a first one count for nothing.
                column += b >= 0xF0 ? 2 : 1;
            }
        }

        return new Position(file, line, column);
    }
}

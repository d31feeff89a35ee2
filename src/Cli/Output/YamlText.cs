using System.Globalization;
using System.Text;
using System.Text.Json;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Output;

/// <summary>YAML as kubectl writes it: block style, keys in their order, lists not indented below their key.</summary>
internal static class YamlText
{
    /// <summary>Writes a document, ending in a newline.</summary>
    internal static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        if (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() > 0)
        {
            Map(text, value, 0, indentFirst: true);
        }
        else
        {
            text.Append(Scalar(value, 0)).Append('\n');
        }

        return text.ToString();
    }

    private static void Map(StringBuilder text, JsonElement map, int depth, bool indentFirst)
    {
        var first = true;
        foreach (var property in map.EnumerateObject())
        {
            text.Append(' ', first && !indentFirst ? 0 : depth).Append(Text(property.Name, depth, key: true)).Append(':');
            Value(text, property.Value, depth);
            first = false;
        }
    }

    private static void Value(StringBuilder text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.GetPropertyCount() > 0:
                text.Append('\n');
                Map(text, value, depth + 2, indentFirst: true);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                text.Append('\n');
                List(text, value, depth);
                break;
            default:
                text.Append(' ').Append(Scalar(value, depth + 2)).Append('\n');
                break;
        }
    }

    private static void List(StringBuilder text, JsonElement list, int depth)
    {
        foreach (var item in list.EnumerateArray())
        {
            text.Append(' ', depth).Append("- ");
            if (item.ValueKind == JsonValueKind.Object && item.GetPropertyCount() > 0)
            {
                Map(text, item, depth + 2, indentFirst: false);
            }
            else
            {
                // A list in a list, which no kind here has, is written as JSON, which is YAML too.
                text.Append(Scalar(item, depth + 2)).Append('\n');
            }
        }
    }

    private static string Scalar(JsonElement value, int depth) =>
        value.ValueKind == JsonValueKind.String ? Text(value.GetString()!, depth, key: false) : value.GetRawText();

    private static string Text(string value, int depth, bool key)
    {
        if (IsPlain(value))
        {
            return value;
        }

        return !key && value.Contains('\n', StringComparison.Ordinal) && FitsBlock(value) ? Block(value, depth) : Quoted(value);
    }

    /// <summary>Whether every reader of YAML, 1.1 or 1.2, takes it for this very text.</summary>
    private static bool IsPlain(string value) =>
        value.Length > 0
        && (char.IsAsciiLetter(value[0]) || value[0] is '/' or '_' || (char.IsAsciiDigit(value[0]) && value.Any(char.IsAsciiLetter)))
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-' or '@' or '+')
        && !MeansSomethingElse(value);

    private static bool MeansSomethingElse(string value) =>
        YamlScalars.Read(new YamlDotNet.Core.Events.Scalar(value), Position.StartOf("")).Kind != NodeKind.Text
        || double.TryParse(value, NumberStyles.Any, CultureInfo.InvariantCulture, out _)
        || (char.IsAsciiDigit(value[0]) && value.All(c => char.IsAsciiHexDigit(c) || c is '.' or '-' or '+' or '_' or 'x' or 'o'));

    private static bool FitsBlock(string value) =>
        value[0] is not (' ' or '\n') && value.All(c => c == '\n' || c is >= ' ' and < '\x7f') && !value.Contains(" \n", StringComparison.Ordinal);

    private static string Block(string value, int depth)
    {
        var ending = value.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : value.EndsWith('\n') ? "" : "-";
        var body = value.EndsWith('\n') ? value[..^1] : value;
        var indent = new string(' ', depth);
        return $"|{ending}\n{string.Join('\n', body.Split('\n').Select(line => line.Length == 0 ? "" : indent + line))}";
    }

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}

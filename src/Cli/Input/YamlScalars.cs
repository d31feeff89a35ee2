using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScimOperator.Cli.Input;

/// <summary>
/// What a YAML scalar means, as kubectl and the GitOps tools read it (sigs.k8s.io/yaml: YAML 1.1 words, so <c>active: no</c> is false).
/// </summary>
internal static partial class YamlScalars
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    internal static Node Read(Scalar scalar, Position at)
    {
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag is null && scalar.Style is ScalarStyle.Plain or ScalarStyle.Any)
        {
            return Plain(scalar.Value, at);
        }

        return tag switch
        {
            null or "!" or TagPrefix + "str" => Node.Scalar(NodeKind.Text, at, scalar.Value),
            TagPrefix + "null" => Tagged(scalar.Value, at, "null", NodeKind.Null),
            TagPrefix + "bool" => Tagged(scalar.Value, at, "bool", NodeKind.Boolean),
            TagPrefix + "int" => Tagged(scalar.Value, at, "int", NodeKind.Integer),
            TagPrefix + "float" => Tagged(scalar.Value, at, "float", NodeKind.Number, NodeKind.Integer),
            _ => throw UnknownTag(tag, at),
        };
    }

    internal static InputException UnknownTag(string tag, Position at) =>
        new(at, $"the tag {(tag.Length > 60 ? tag[..60] + "…" : tag)} is not known here: remove it");

    internal static void RequireTag(NodeEvent node, string expected, Position at)
    {
        if (!node.Tag.IsEmpty && node.Tag.Value != TagPrefix + expected && node.Tag.Value != "!")
        {
            throw UnknownTag(node.Tag.Value, at);
        }
    }

    private static Node Tagged(string text, Position at, string tag, params ReadOnlySpan<NodeKind> accepted)
    {
        var node = Plain(text, at);
        return accepted.Contains(node.Kind) ? node : throw new InputException(at, $"the value is tagged !!{tag} and is none");
    }

    private static Node Plain(string text, Position at) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Node.Scalar(NodeKind.Null, at, "null"),
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => Node.Scalar(NodeKind.Boolean, at, "true"),
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => Node.Scalar(NodeKind.Boolean, at, "false"),
        _ => PlainNumber(text, at) ?? Node.Scalar(NodeKind.Text, at, text),
    };

    private static Node? PlainNumber(string text, Position at)
    {
        if (text.Length > 64 || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.'))
        {
            return null;
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (ReadInteger(digits) is { } integer)
        {
            return Node.Scalar(NodeKind.Integer, at, integer.ToString(CultureInfo.InvariantCulture));
        }

        return Decimal().IsMatch(digits) && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? FromDouble(number, at)
            : null;
    }

    /// <summary>JSON knows no difference between 5 and 5.0, and neither does the API server.</summary>
    internal static Node FromDouble(double number, Position at) => Math.Floor(number) == number && Math.Abs(number) < 1e15
        ? Node.Scalar(NodeKind.Integer, at, ((long)number).ToString(CultureInfo.InvariantCulture))
        : Node.Scalar(NodeKind.Number, at, number.ToString("R", CultureInfo.InvariantCulture));

    private static BigInteger? ReadInteger(string text)
    {
        var negative = text is ['-', ..];
        var rest = text is ['-', ..] or ['+', ..] ? text[1..] : text;
        var value = rest switch
        {
            ['0', 'x', ..] => InBase(rest.AsSpan(2), 16),
            ['0', 'b', ..] => InBase(rest.AsSpan(2), 2),
            ['0', 'o', ..] => InBase(rest.AsSpan(2), 8),
            ['0', _, ..] => InBase(rest.AsSpan(1), 8),
            _ => InBase(rest, 10),
        };
        return negative ? -value : value;
    }

    private static BigInteger? InBase(ReadOnlySpan<char> digits, int radix)
    {
        if (digits.IsEmpty)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit(c) || Convert.ToInt32(c.ToString(), 16) is var digit && digit >= radix)
            {
                return null;
            }

            value = (value * radix) + Convert.ToInt32(c.ToString(), 16);
        }

        return value;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}

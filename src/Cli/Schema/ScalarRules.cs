using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Schema;

/// <summary>The rules of a schema for strings and numbers.</summary>
internal static class ScalarRules
{
    private const int LongestShown = 60;

    /// <summary>What is wrong with a scalar of the right type, as the end of a sentence.</summary>
    internal static IEnumerable<string> Check(Node node, SchemaNode schema) => node.Kind switch
    {
        NodeKind.Text => Text(node.Text, schema),
        NodeKind.Integer => Integer(BigInteger.Parse(node.Text, CultureInfo.InvariantCulture), schema),
        _ => [],
    };

    internal static string Shorten(string text)
    {
        var end = text.Length > LongestShown ? LongestShown - (char.IsHighSurrogate(text[LongestShown - 1]) ? 1 : 0) : text.Length;
        return (end < text.Length ? text[..end] + "…" : text).ReplaceLineEndings(" ");
    }

    private static IEnumerable<string> Text(string text, SchemaNode schema)
    {
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(text, StringComparer.Ordinal))
        {
            yield return $"is \"{Shorten(text)}\", and must be one of {string.Join(", ", schema.Enum)}";
            yield break;
        }

        // The API server counts characters, not UTF-16 code units.
        var length = text.EnumerateRunes().Count();
        if (schema.MinLength is { } least && length < least)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"has {length} characters, and must have at least {least}");
        }
        else if (schema.MaxLength is { } most && length > most)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"has {length} characters, and may have at most {most}");
        }
        else if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            yield return $"is \"{Shorten(text)}\", and must match {schema.PatternText}";
        }

        if (!HasFormat(text, schema.Format))
        {
            yield return $"is \"{Shorten(text)}\", and must be {(schema.Format == "byte" ? "base64" : "a time such as 2026-01-31T12:00:00Z")}";
        }
    }

    private static bool HasFormat(string text, string? format) => format switch
    {
        "byte" => Base64.IsValid(text),
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) && text.Contains('T', StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    private static IEnumerable<string> Integer(BigInteger value, SchemaNode schema)
    {
        var least = BigInteger.Max(schema.Minimum ?? long.MinValue, schema.Format == "int32" ? int.MinValue : long.MinValue);
        var most = BigInteger.Min(schema.Maximum ?? long.MaxValue, schema.Format == "int32" ? int.MaxValue : long.MaxValue);
        if (value < least || value > most)
        {
            yield return $"is {Shorten(value.ToString(CultureInfo.InvariantCulture))}, and must be from {least} to {most}";
        }
    }
}

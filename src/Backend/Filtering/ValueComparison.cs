using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Filtering;

/// <summary>Compares one stored value with one from a filter, by the attribute's type and case rule.</summary>
internal static class ValueComparison
{
    public static bool Holds(JsonValue stored, ComparisonOperator comparison, JsonValue asked, ScimAttribute attribute)
    {
        if (attribute.Type == ScimType.Boolean)
        {
            return Flag(stored) is { } left && Flag(asked) is { } right && comparison switch
            {
                ComparisonOperator.Eq => left == right,
                ComparisonOperator.Ne => left != right,
                _ => false,
            };
        }

        if (Text(stored) is not { } text || Text(asked) is not { } wanted)
        {
            return false;
        }

        if (attribute.Type == ScimType.DateTime && Time(text) is { } time && Time(wanted) is { } wantedTime)
        {
            return Ordered(time.CompareTo(wantedTime), comparison);
        }

        var rule = attribute.CaseExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return comparison switch
        {
            ComparisonOperator.Co => text.Contains(wanted, rule),
            ComparisonOperator.Sw => text.StartsWith(wanted, rule),
            ComparisonOperator.Ew => text.EndsWith(wanted, rule),
            _ => Ordered(string.Compare(text, wanted, rule), comparison),
        };
    }

    private static bool Ordered(int order, ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Eq => order == 0,
        ComparisonOperator.Ne => order != 0,
        ComparisonOperator.Gt => order > 0,
        ComparisonOperator.Ge => order >= 0,
        ComparisonOperator.Lt => order < 0,
        ComparisonOperator.Le => order <= 0,
        _ => false,
    };

    // Entra ID writes booleans as strings, in filters too.
    public static bool? Flag(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetValue<string>(), out var flag) => flag,
        _ => null,
    };

    private static string? Text(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// What a resource is sorted by (RFC 7644, section 3.4.2.3), as text that compares by its characters: of several values
/// the primary one or else the first, in the attribute's own sense of case. Null where there is none.
/// </summary>
internal static class SortKey
{
    /// <summary>Nothing comes last; turned around, first.</summary>
    public static readonly IComparer<string?> Order = Comparer<string?>.Create((left, right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        _ => string.CompareOrdinal(left, right),
    });

    public static string? Of(JsonObject resource, AttributePath path, ScimResourceType type)
    {
        if (type.Resolve(path) is not { Attribute: { } attribute } resolved)
        {
            return null;
        }

        var home = resolved.Extension is { } urn ? resource[urn] as JsonObject : resource;
        var value = home?[attribute.Name] is JsonArray values ? Preferred(values) : home?[attribute.Name];
        var sub = resolved.Sub ?? (attribute.Type == ScimType.Complex ? attribute.FindSub("value") : null);
        return sub is null ? Text(value, attribute) : Text((value as JsonObject)?[sub.Name], sub);
    }

    private static JsonNode? Preferred(JsonArray values) =>
        values.FirstOrDefault(v => v is JsonObject o && o["primary"]?.GetValueKind() == JsonValueKind.True) ?? values.FirstOrDefault();

    private static string? Text(JsonNode? node, ScimAttribute attribute)
    {
        if (node is not JsonValue value)
        {
            return null;
        }

        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (attribute.Type == ScimType.DateTime && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        }

        return attribute.CaseExact ? text : text.ToUpperInvariant();
    }
}

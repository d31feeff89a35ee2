using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Filtering;

/// <summary>
/// Decides whether a resource matches a filter. An attribute that the resource lacks, or that no schema knows, simply
/// does not match; of several values one is enough.
/// </summary>
internal static class FilterEvaluator
{
    /// <param name="type">What the resource is: its schemas say how values compare.</param>
    public static bool Matches(JsonObject resource, FilterExpression filter, ScimResourceType type) => filter switch
    {
        FilterExpression.And and => Matches(resource, and.Left, type) && Matches(resource, and.Right, type),
        FilterExpression.Or or => Matches(resource, or.Left, type) || Matches(resource, or.Right, type),
        FilterExpression.Not not => !Matches(resource, not.Inner, type),
        FilterExpression.Present present => Values(resource, present.Path, type).Any(v => IsPresent(v.Node)),
        FilterExpression.Compare compare => Compares(Values(resource, compare.Path, type), compare),
        FilterExpression.ValuePath values => type.Resolve(values.Path)?.Attribute is { } attribute
            && Elements(resource, values.Path, type).Any(e => MatchesElement(e, attribute, values.Inner)),
        _ => false,
    };

    /// <summary>The values that a path names, each with the attribute that defines it.</summary>
    public static IEnumerable<(JsonNode? Node, ScimAttribute Attribute)> Values(JsonObject resource, AttributePath path, ScimResourceType type)
    {
        if (type.Resolve(path) is not { Attribute: { } attribute } resolved)
        {
            return [];
        }

        // A complex attribute without a sub-attribute stands for its "value" (RFC 7643, section 2.4).
        var sub = resolved.Sub ?? (attribute.Type == ScimType.Complex ? attribute.FindSub("value") : null);
        var elements = Elements(resource, path, type);
        return sub is null
            ? elements.Select(e => (e, attribute))
            : elements.Select(e => ((e as JsonObject)?[sub.Name], sub));
    }

    /// <summary>Whether one value of a complex attribute matches the filter between its brackets.</summary>
    public static bool MatchesElement(JsonNode? element, ScimAttribute attribute, FilterExpression filter) => filter switch
    {
        FilterExpression.And and => MatchesElement(element, attribute, and.Left) && MatchesElement(element, attribute, and.Right),
        FilterExpression.Or or => MatchesElement(element, attribute, or.Left) || MatchesElement(element, attribute, or.Right),
        FilterExpression.Not not => !MatchesElement(element, attribute, not.Inner),
        FilterExpression.Present present => SubValues(element, attribute, present.Path).Any(v => IsPresent(v.Node)),
        FilterExpression.Compare compare => Compares(SubValues(element, attribute, compare.Path), compare),
        _ => false,
    };

    private static bool Compares(IEnumerable<(JsonNode? Node, ScimAttribute Attribute)> values, FilterExpression.Compare compare)
    {
        if (compare.Value is null)
        {
            var present = values.Any(v => IsPresent(v.Node));
            return compare.Operator switch
            {
                ComparisonOperator.Eq => !present,
                ComparisonOperator.Ne => present,
                _ => false,
            };
        }

        return values.Any(v => v.Node is JsonValue value && ValueComparison.Holds(value, compare.Operator, compare.Value, v.Attribute));
    }

    private static IEnumerable<(JsonNode? Node, ScimAttribute Attribute)> SubValues(JsonNode? element, ScimAttribute attribute, AttributePath path)
    {
        if (path is { Schema: null, Sub: null, Name: { } name } && attribute.FindSub(name) is { } sub)
        {
            return [((element as JsonObject)?[sub.Name], sub)];
        }

        return [];
    }

    private static JsonNode?[] Elements(JsonObject resource, AttributePath path, ScimResourceType type)
    {
        if (type.Resolve(path) is not { Attribute: { } attribute } resolved)
        {
            return [];
        }

        var home = resolved.Extension is { } urn ? resource[urn] as JsonObject : resource;
        return home?[attribute.Name] switch
        {
            null => [],
            JsonArray array => [.. array],
            var single => [single],
        };
    }

    private static bool IsPresent(JsonNode? node) => node switch
    {
        null => false,
        JsonArray array => array.Count > 0,
        JsonObject value => value.Count > 0,
        _ => node.GetValueKind() != JsonValueKind.String || node.GetValue<string>().Length > 0,
    };
}

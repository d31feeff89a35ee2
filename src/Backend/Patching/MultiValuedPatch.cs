using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Scim;

namespace ScimOperator.Backend.Patching;

/// <summary>Operations on attributes that have several values.</summary>
internal static class MultiValuedPatch
{
    /// <exception cref="Accounts.RefusedException">noTarget, invalidValue.</exception>
    public static void Apply(JsonObject home, PatchKind kind, PatchPath path, JsonNode? value)
    {
        var attribute = path.Target.Attribute!;
        if (home[attribute.Name] is not JsonArray values)
        {
            home[attribute.Name] = values = [];
        }

        if (kind == PatchKind.Remove)
        {
            Remove(values, path, value);
        }
        else if (path.Filter is null && path.Target.Sub is null)
        {
            AddOrReplaceAll(values, kind, attribute, value);
        }
        else
        {
            SetSelected(values, kind, path, value);
        }
    }

    private static void Remove(JsonArray values, PatchPath path, JsonNode? value)
    {
        var named = value is null ? null : Keys(value, path.Target.Attribute!);
        foreach (var element in Selected(values, path))
        {
            if (path.Target.Sub is { } sub)
            {
                (element as JsonObject)?.Remove(sub.Name);
            }
            else if (named is null || named.Contains(Key(element, path.Target.Attribute!)))
            {
                values.Remove(element);
            }
        }
    }

    private static void AddOrReplaceAll(JsonArray values, PatchKind kind, ScimAttribute attribute, JsonNode? value)
    {
        if (kind == PatchKind.Replace)
        {
            values.Clear();
        }

        // Canonical first, so that the same value in another spelling is recognised.
        var given = value is null ? [] : Canonicalizer.Values(value, attribute);
        var known = values.Select(Text).ToHashSet();
        foreach (var added in given)
        {
            if (known.Add(Text(added)))
            {
                YieldPrimary(values, added);
                values.Add(added);
            }
        }

        RequireRoom(values, attribute);
    }

    // Checked after every operation: the next one's work grows with what the last one left.
    private static void RequireRoom(JsonArray values, ScimAttribute attribute)
    {
        if (values.Count > attribute.MaxValues)
        {
            throw Canonicalizer.TooManyValues(attribute);
        }
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "";

    private static void SetSelected(JsonArray values, PatchKind kind, PatchPath path, JsonNode? value)
    {
        var attribute = path.Target.Attribute!;
        var selected = Selected(values, path);
        if (selected.Count == 0)
        {
            if (kind == PatchKind.Replace && path.Filter is not null)
            {
                throw ScimErrors.NoTarget($"No value of {attribute.Name} matches the filter in the path \"{path.Text}\".");
            }

            // Entra ID adds with a filter to make the value that the filter describes.
            var made = Described(path.Filter, attribute);
            values.Add((JsonNode)made);
            RequireRoom(values, attribute);
            selected = [made];
        }

        foreach (var element in selected)
        {
            SetOne(values, kind, element as JsonObject ?? [], path, value);
        }
    }

    private static void SetOne(JsonArray values, PatchKind kind, JsonObject element, PatchPath path, JsonNode? value)
    {
        var attribute = path.Target.Attribute!;
        if (path.Target.Sub is { } sub)
        {
            PatchApplier.Merge(element, new JsonObject { [sub.Name] = value?.DeepClone() }, attribute);
        }
        else if (value is JsonObject members)
        {
            // A replaced value is replaced whole; one that is added to keeps what is not named (RFC 7644, section 3.5.2.3).
            if (kind == PatchKind.Replace)
            {
                element.Clear();
            }

            PatchApplier.Merge(element, members, attribute);
        }
        else
        {
            throw ScimErrors.InvalidValue(attribute.Name, $"The value for \"{path.Text}\" must be an object.");
        }

        if (IsPrimary(element))
        {
            foreach (var other in values.OfType<JsonObject>().Where(o => !ReferenceEquals(o, element)))
            {
                other.Remove("primary");
            }
        }
    }

    private static List<JsonNode?> Selected(JsonArray values, PatchPath path) => path.Filter is { } filter
        ? values.Where(v => FilterEvaluator.MatchesElement(v, path.Target.Attribute!, filter)).ToList()
        : [.. values];

    // A remove with values takes only these away, recognised by their "value", or as a whole where they have none.
    private static HashSet<string> Keys(JsonNode value, ScimAttribute attribute) =>
        [.. Canonicalizer.Values(value, attribute).Select(v => Key(v, attribute))];

    private static string Key(JsonNode? element, ScimAttribute attribute) =>
        Text(attribute.FindSub("value") is null ? element : (element as JsonObject)?["value"]);

    private static JsonObject Described(FilterExpression? filter, ScimAttribute attribute)
    {
        var made = new JsonObject();
        Describe(filter, attribute, made);
        return made;
    }

    private static void Describe(FilterExpression? filter, ScimAttribute attribute, JsonObject made)
    {
        if (filter is FilterExpression.And and)
        {
            Describe(and.Left, attribute, made);
            Describe(and.Right, attribute, made);
        }
        else if (filter is FilterExpression.Compare { Operator: ComparisonOperator.Eq, Value: { } value, Path: { Name: { } name, Sub: null } }
            && attribute.FindSub(name) is { } sub)
        {
            made[sub.Name] = value.DeepClone();
        }
    }

    private static void YieldPrimary(JsonArray values, JsonNode added)
    {
        if (IsPrimary(added))
        {
            foreach (var other in values.OfType<JsonObject>())
            {
                other.Remove("primary");
            }
        }
    }

    private static bool IsPrimary(JsonNode? node) => node is JsonObject element
        && element["primary"] is JsonValue primary
        && (primary.GetValueKind() == JsonValueKind.True
            || (primary.GetValueKind() == JsonValueKind.String && bool.TryParse(primary.GetValue<string>(), out var flag) && flag));
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// Brings a resource as a client wrote it into one form: names as the schemas spell them, in the schemas' order, values of
/// the right type, without what is read-only, write-only, unknown or unassigned. The same content always gives the same text.
/// </summary>
internal static class Canonicalizer
{
    private const int MaxText = 4096;

    /// <exception cref="Accounts.RefusedException">invalidValue, invalidSyntax.</exception>
    public static JsonObject Canonical(JsonObject resource, ScimResourceType type)
    {
        var result = Attributes(resource, type.Attributes);
        foreach (var extension in type.Extensions)
        {
            if (Find(resource, extension.Id) is JsonObject given && Attributes(given, extension.Attributes) is { Count: > 0 } known)
            {
                result[extension.Id] = known;
            }
        }

        return result;
    }

    /// <summary>The values of a multi-valued attribute, given as a list or as a single one.</summary>
    /// <exception cref="Accounts.RefusedException">invalidValue, invalidSyntax.</exception>
    public static IReadOnlyList<JsonNode> Values(JsonNode given, ScimAttribute attribute)
    {
        // Some clients send the one value of a multi-valued attribute without the list around it.
        var elements = given as JsonArray ?? [given.DeepClone()];
        if (elements.Count > attribute.MaxValues)
        {
            throw TooManyValues(attribute);
        }

        List<JsonNode> values = [.. elements.OfType<JsonNode>().Select(e => Single(e, attribute)).OfType<JsonNode>()];
        RequireOnePrimary(values, attribute);
        return values;
    }

    public static Accounts.RefusedException TooManyValues(ScimAttribute attribute) =>
        ScimErrors.InvalidValue(attribute.Name, $"The attribute {attribute.Name} would have more than {attribute.MaxValues} values.");

    /// <summary>Finds a member ignoring case, as SCIM names are compared.</summary>
    /// <exception cref="Accounts.RefusedException">invalidSyntax: two members differ only by case.</exception>
    public static JsonNode? Find(JsonObject parent, string name)
    {
        JsonNode? found = null;
        var seen = false;
        foreach (var (key, value) in parent)
        {
            if (!key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (seen)
            {
                throw ScimErrors.InvalidSyntax($"The attribute {name} is given twice.");
            }

            (found, seen) = (value, true);
        }

        return found;
    }

    private static JsonObject Attributes(JsonObject source, IReadOnlyList<ScimAttribute> attributes)
    {
        var result = new JsonObject();
        foreach (var attribute in attributes)
        {
            if (!attribute.ReadOnly && !attribute.WriteOnly && Find(source, attribute.Name) is { } given && Value(given, attribute) is { } value)
            {
                result[attribute.Name] = value;
            }
        }

        return result;
    }

    private static JsonNode? Value(JsonNode given, ScimAttribute attribute)
    {
        if (!attribute.MultiValued)
        {
            return given is JsonArray ? throw Wrong(attribute, "a single value") : Single(given, attribute);
        }

        var values = Values(given, attribute);
        return values.Count > 0 ? new JsonArray([.. values]) : null;
    }

    private static JsonNode? Single(JsonNode given, ScimAttribute attribute)
    {
        if (attribute.Type != ScimType.Complex)
        {
            return Simple(given, attribute);
        }

        var value = given switch
        {
            JsonObject members => Attributes(members, attribute.Sub),
            // A plain value stands for the sub-attribute "value".
            JsonValue plain when attribute.FindSub("value") is { } sub => new JsonObject { [sub.Name] = Simple(plain, sub) },
            _ => throw Wrong(attribute, "an object"),
        };
        if (attribute.Sub.FirstOrDefault(s => s.Required && value[s.Name] is null) is { } missing)
        {
            throw ScimErrors.InvalidValue(attribute.Name, $"Each value of {attribute.Name} needs a {missing.Name}.");
        }

        return value.Count > 0 ? value : null;
    }

    private static JsonValue Simple(JsonNode given, ScimAttribute attribute)
    {
        var kind = given.GetValueKind();
        if (attribute.Type == ScimType.Boolean)
        {
            // Entra ID sends "True" and "False" as strings.
            return kind switch
            {
                JsonValueKind.True => JsonValue.Create(true),
                JsonValueKind.False => JsonValue.Create(false),
                JsonValueKind.String when bool.TryParse(given.GetValue<string>(), out var flag) => JsonValue.Create(flag),
                _ => throw Wrong(attribute, "true or false"),
            };
        }

        if (kind != JsonValueKind.String)
        {
            throw Wrong(attribute, "a string");
        }

        var text = given.GetValue<string>();
        if (attribute.Type == ScimType.DateTime && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))
        {
            throw Wrong(attribute, "a time");
        }

        return text.Length <= MaxText ? JsonValue.Create(text) : throw Wrong(attribute, $"at most {MaxText} characters long");
    }

    private static void RequireOnePrimary(IReadOnlyList<JsonNode> values, ScimAttribute attribute)
    {
        if (values.Count(v => v is JsonObject o && o["primary"] is JsonValue p && p.GetValueKind() == JsonValueKind.True) > 1)
        {
            throw ScimErrors.InvalidValue(attribute.Name, $"Only one value of {attribute.Name} can be primary.");
        }
    }

    private static Accounts.RefusedException Wrong(ScimAttribute attribute, string expected) =>
        ScimErrors.InvalidValue(attribute.Name, $"The value of {attribute.Name} must be {expected}.");
}

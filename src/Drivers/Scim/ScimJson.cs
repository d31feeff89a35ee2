using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ScimOperator.Drivers.Scim;

/// <summary>Reads SCIM's JSON with suspicion: attribute names in any case (RFC 7643, section 2.1), types checked, depth limited.</summary>
internal static class ScimJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The body as an object; anything else is an invalid answer.</summary>
    internal static JsonObject Parse(ScimAnswer answer)
    {
        if (answer.MediaType is { } type && !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            throw ScimProblems.Invalid(answer.Call, $"it is of type {type}, not {ScimClient.MediaType}");
        }

        if (!HasOnlyText(answer.Body))
        {
            throw ScimProblems.Invalid(answer.Call, "the body has text that is no Unicode");
        }

        try
        {
            return JsonNode.Parse(answer.Body, documentOptions: Strict) as JsonObject ?? throw ScimProblems.Invalid(answer.Call, "the body is no JSON object");
        }
        catch (JsonException e)
        {
            throw ScimProblems.Invalid(answer.Call, answer.Body.Length == 0 ? "the body is empty" : string.Create(CultureInfo.InvariantCulture, $"the body can't be read as JSON (line {e.LineNumber + 1})"));
        }
    }

    /// <summary>
    /// Whether all text in it can be read: the parser leaves that open until somebody asks for a value. Half a surrogate pair can
    /// only come as an escape, which is rare enough to look at each.
    /// </summary>
    private static bool HasOnlyText(byte[] body)
    {
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        return (body.AsSpan().IndexOf("\\ud"u8) < 0 && body.AsSpan().IndexOf("\\uD"u8) < 0) || HasWholePairs(body);
    }

    private static bool HasWholePairs(byte[] body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (JsonException)
        {
            // For the parser to say.
            return true;
        }
    }

    /// <summary>The body as an object, if it is one.</summary>
    internal static bool TryParse(ScimAnswer answer, [NotNullWhen(true)] out JsonObject? body)
    {
        try
        {
            body = answer.Body.Length == 0 ? null : Parse(answer);
        }
        catch (BackendException)
        {
            body = null;
        }

        return body is not null;
    }

    /// <summary>As it is sent. What was read comes out as it was.</summary>
    internal static byte[] Write(JsonObject body)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            body.WriteTo(writer);
        }

        return stream.ToArray();
    }

    /// <summary>The name under which an attribute stands in a resource; the given one when it has none.</summary>
    internal static string NameIn(JsonObject resource, string name) =>
        resource.ContainsKey(name) ? name : resource.Select(p => p.Key).FirstOrDefault(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase)) ?? name;

    /// <summary>An attribute; null when it is absent or null, which are the same (RFC 7643, section 2.5).</summary>
    internal static JsonNode? Get(JsonObject resource, string name) => resource[NameIn(resource, name)];

    /// <summary>A text attribute; null when absent.</summary>
    internal static string? Text(JsonObject resource, string name, string call) => Get(resource, name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw ScimProblems.Invalid(call, $"\"{name}\" is no text"),
    };

    /// <summary>A boolean attribute, also one that is written as text, as some providers do; null when absent.</summary>
    internal static bool? Boolean(JsonObject resource, string name, string call) => Get(resource, name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool boolean) => boolean,
        JsonValue value when value.TryGetValue(out string? text) && bool.TryParse(text, out var boolean) => boolean,
        _ => throw ScimProblems.Invalid(call, $"\"{name}\" is neither true nor false"),
    };

    /// <summary>A number that must not be negative, also one that is written as text; null when absent.</summary>
    internal static int? Number(JsonObject resource, string name, string call) => Get(resource, name) switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) && number >= 0 => number,
        JsonValue value when value.TryGetValue(out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw ScimProblems.Invalid(call, $"\"{name}\" is no number of things"),
    };

    /// <summary>An attribute that is an object; null when absent.</summary>
    internal static JsonObject? Object(JsonObject resource, string name, string call) => Get(resource, name) switch
    {
        null => null,
        JsonObject value => value,
        _ => throw ScimProblems.Invalid(call, $"\"{name}\" is no object"),
    };

    /// <summary>An attribute that is a list; empty when absent.</summary>
    internal static JsonArray List(JsonObject resource, string name, string call) => Get(resource, name) switch
    {
        null => [],
        JsonArray value => value,
        _ => throw ScimProblems.Invalid(call, $"\"{name}\" is no list"),
    };
}

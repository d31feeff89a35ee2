using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Endpoints;

/// <summary>Reads JSON bodies of the admin API.</summary>
internal static class RequestBody
{
    private static readonly string[] Accepted = ["application/json", "application/merge-patch+json"];

    /// <exception cref="RefusedException">unsupported_media_type, invalid_request.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        RequireMediaType(context, Accepted);
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw Refusals.Invalid(null, "The body is null; a JSON object is expected.").AsException();
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
            throw Refusals.Invalid(field, Describe(e, field)).AsException();
        }
    }

    /// <summary>Refuses a body that declares itself to be something else. No declaration is taken as JSON.</summary>
    /// <exception cref="RefusedException">unsupported_media_type.</exception>
    public static void RequireMediaType(HttpContext context, string[] accepted)
    {
        if (context.Request.ContentType is not { Length: > 0 } declared)
        {
            return;
        }

        if (!MediaTypeHeaderValue.TryParse(declared, out var media) || !accepted.Contains(media.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            throw Refusals.UnsupportedMediaType(accepted[0]).AsException();
        }
    }

    // The exception's own text names types of this program, so only its position is passed on.
    private static string Describe(JsonException e, string? field)
    {
        var at = $"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}";
        return field is null
            ? $"The body is not the JSON object that is expected here ({at})."
            : $"The field {field} is unknown here, given twice, or has a value of the wrong kind ({at}).";
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScimOperator.Backend.Endpoints;

namespace ScimOperator.Backend.Scim;

/// <summary>Reads JSON bodies of the SCIM service.</summary>
internal static class ScimBody
{
    private static readonly string[] Accepted = [ScimResponses.MediaType, ScimResponses.PlainMediaType];

    // Names that differ only by case are caught later, where attributes are matched.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <exception cref="Accounts.RefusedException">unsupported_media_type, invalidSyntax.</exception>
    public static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        RequestBody.RequireMediaType(context, Accepted);
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, null, Strict, context.RequestAborted) as JsonObject
                ?? throw ScimErrors.InvalidSyntax("The body is not a JSON object.");
            RequireText(body);
            return body;
        }
        catch (InvalidOperationException)
        {
            // Strings are decoded when they are looked at, which RequireText does.
            throw ScimErrors.InvalidSyntax("The body has a string with half of a surrogate pair, which is no character.");
        }
        catch (JsonException e)
        {
            throw ScimErrors.InvalidSyntax($"The body is not valid JSON (line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}), nested too deep, or repeats a name.");
        }
    }

    private static void RequireText(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, member) in members)
                {
                    RequireText(member);
                }

                break;
            case JsonArray values:
                foreach (var value in values)
                {
                    RequireText(value);
                }

                break;
            case not null when node.GetValueKind() == JsonValueKind.String && node.GetValue<string>().Contains('\0', StringComparison.Ordinal):
                throw ScimErrors.InvalidValue("", "The body has a string with the character U+0000, which can't be kept.");
            default:
                break;
        }
    }
}

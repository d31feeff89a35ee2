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
            return await JsonNode.ParseAsync(context.Request.Body, null, Strict, context.RequestAborted) as JsonObject
                ?? throw ScimErrors.InvalidSyntax("The body is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw ScimErrors.InvalidSyntax($"The body is not valid JSON (line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}), nested too deep, or repeats a name.");
        }
    }
}

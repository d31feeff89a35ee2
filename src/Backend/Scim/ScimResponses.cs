using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ScimOperator.Backend.Scim;

/// <summary>Writes SCIM messages.</summary>
internal static class ScimResponses
{
    public const string MediaType = "application/scim+json";

    // JSON only, never inside a page: quotes in messages stay readable.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            body.WriteTo(writer);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = buffer.Length;
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
    }
}

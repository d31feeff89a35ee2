using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ScimOperator.Backend.Scim;

/// <summary>Writes SCIM messages.</summary>
internal static class ScimResponses
{
    public const string MediaType = "application/scim+json";
    public const string PlainMediaType = "application/json";

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
        context.Response.ContentType = PrefersPlain(context) ? PlainMediaType : MediaType;
        context.Response.ContentLength = buffer.Length;
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
    }

    // Only who asks for application/json and for nothing that covers SCIM's own type is given that.
    private static bool PrefersPlain(HttpContext context)
    {
        var accept = context.Request.Headers.Accept.ToString();
        return accept.Contains(PlainMediaType, StringComparison.OrdinalIgnoreCase)
            && !accept.Contains(MediaType, StringComparison.OrdinalIgnoreCase)
            && !accept.Contains("*/*", StringComparison.Ordinal);
    }
}

using Microsoft.AspNetCore.Http;

namespace ScimOperator.Backend.Endpoints;

/// <summary>The bearer credential of a request (RFC 6750, section 2.1).</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer ";

    public static string? Of(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        return header.Count == 1 && header[0] is { } text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? text[Scheme.Length..].Trim()
            : null;
    }
}

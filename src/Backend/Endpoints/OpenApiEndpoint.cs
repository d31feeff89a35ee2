using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ScimOperator.Backend.Endpoints;

/// <summary>
/// <c>GET /api/v1/openapi.json</c>: the admin API's description, an OpenAPI 3.1 document in the program itself. It says
/// nothing about the account, so it needs no credential.
/// </summary>
internal sealed class OpenApiEndpoint
{
    public const string Path = "/api/v1/openapi.json";

    private readonly byte[] document = Load();

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, (RequestDelegate)AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }

    private static byte[] Load()
    {
        using var resource = typeof(OpenApiEndpoint).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("The program was built without its OpenAPI document.");
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}

using Microsoft.AspNetCore.Http;

namespace ScimOperator.Backend.Endpoints;

/// <summary><c>GET /healthz</c>: 200 when the store answers. Needs no credential and tells nothing else.</summary>
internal static class HealthEndpoint
{
    public static async Task AnswerAsync(HttpContext context, BackendServices services)
    {
        await services.Store.ReadOneAsync(session => session.Account.Get());
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync("ok\n", context.RequestAborted);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Endpoints;

namespace ScimOperator.Backend.Scim;

/// <summary>Searches at one place, by GET and by POST to <c>/.search</c> below it: at the root over all kinds, elsewhere over one.</summary>
internal sealed class ScimSearchEndpoints(BackendServices services, string path, IReadOnlyList<IScimResource> kinds)
{
    public void Map(IEndpointRouteBuilder routes, ScimGate gate)
    {
        routes.MapGet(path, gate.Guard((context, _) => AnswerAsync(context, ScimQuery.Of(context))));
        routes.MapPost(path + "/.search", gate.Guard(async (context, _) => await AnswerAsync(context, ScimQuery.Of(await ScimBody.ReadAsync(context)))));
        // Said here, since ".search" would be taken for an id otherwise.
        routes.Map(path + "/.search", gate.Guard((context, _) =>
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            throw Refusals.MethodNotAllowed(context.Request.Method, context.Request.Path).AsException();
        }));
    }

    private async Task AnswerAsync(HttpContext context, ScimQuery query)
    {
        var (url, now) = (services.ScimUrl(context), services.Time.GetUtcNow());
        var result = await services.Store.ReadAsync(session => new ResourceSearch(session, kinds, query, url, now).Run());
        await ScimResponses.WriteAsync(context, StatusCodes.Status200OK, result.Response(query.Projection));
    }
}

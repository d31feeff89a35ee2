using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Endpoints;

namespace ScimOperator.Backend.Scim;

/// <summary><c>POST /scim/v2/Bulk</c>: one transaction and one flush to disk for all operations.</summary>
internal sealed class BulkEndpoint(BackendServices services, IReadOnlyList<IScimResource> kinds)
{
    public void Map(IEndpointRouteBuilder routes, ScimGate gate) => routes.MapPost(ScimService.Root + "/Bulk", gate.Guard(RunAsync));

    private async Task RunAsync(HttpContext context, string actor)
    {
        var request = BulkRequest.Read(await ScimBody.ReadAsync(context), kinds);
        var (url, change) = (services.ScimUrl(context), new ChangeContext(actor, services.Time.GetUtcNow()));
        var response = await services.Store.WriteAsync(session => new BulkRun(session, request, change, url).Run());
        await ScimResponses.WriteAsync(context, StatusCodes.Status200OK, response);
    }
}

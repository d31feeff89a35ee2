using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Endpoints;
using ScimOperator.Backend.Patching;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>Resources of one kind, one at a time (RFC 7644, sections 3.3 to 3.6).</summary>
internal sealed class ScimResourceEndpoints(BackendServices services, IScimResource kind)
{
    private readonly string path = ScimService.Root + kind.Type.Endpoint;

    public void Map(IEndpointRouteBuilder routes, ScimGate gate)
    {
        routes.MapPost(path, gate.Guard(CreateAsync));
        routes.MapGet(path + "/{id}", gate.Guard(GetAsync));
        routes.MapPut(path + "/{id}", gate.Guard(ReplaceAsync));
        routes.MapPatch(path + "/{id}", gate.Guard(PatchAsync));
        routes.MapDelete(path + "/{id}", gate.Guard(DeleteAsync));
    }

    private async Task CreateAsync(HttpContext context, string actor)
    {
        var canonical = Canonicalizer.Canonical(await ScimBody.ReadAsync(context), kind.Type);
        await WriteAsync(context, actor, StatusCodes.Status201Created, (session, change) => kind.Create(session, canonical, null, change));
    }

    private async Task GetAsync(HttpContext context, string actor)
    {
        var (id, projection) = (Id(context), ProjectionOf(context));
        var resource = await ReadAsync(context, id, projection) ?? throw Refusals.NotFound(kind.Type.Name, id).AsException();
        if (EntityTags.NoneMatch(context, Tag(resource)))
        {
            context.Response.Headers.ETag = Tag(resource);
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await AnswerAsync(context, StatusCodes.Status200OK, resource, projection);
    }

    private async Task ReplaceAsync(HttpContext context, string actor)
    {
        var canonical = Canonicalizer.Canonical(await ScimBody.ReadAsync(context), kind.Type);
        var (id, condition) = (Id(context), Condition(context));
        await WriteAsync(context, actor, StatusCodes.Status200OK, (session, change) => kind.Replace(session, id, condition, canonical, change));
    }

    private async Task PatchAsync(HttpContext context, string actor)
    {
        var operations = PatchRequest.Read(await ScimBody.ReadAsync(context));
        var (id, condition) = (Id(context), Condition(context));
        await WriteAsync(context, actor, StatusCodes.Status200OK, (session, change) => kind.Patch(session, id, condition, operations, change));
    }

    private async Task DeleteAsync(HttpContext context, string actor)
    {
        var (id, condition, change) = (Id(context), Condition(context), Change(actor));
        await services.Store.WriteAsync(session =>
        {
            kind.Delete(session, id, condition, change);
            return true;
        });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // The answer is read after the commit: writing out a group with many members must not hold up other writers.
    private async Task WriteAsync(HttpContext context, string actor, int status, Func<StoreSession, ChangeContext, Written> write)
    {
        var (projection, change) = (ProjectionOf(context), Change(actor));
        var written = await services.Store.WriteAsync(session => write(session, change));
        if (await ReadAsync(context, written.Id, projection) is { } resource)
        {
            await AnswerAsync(context, status, resource, projection);
            return;
        }

        // Done, and deleted by somebody else since.
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task<JsonObject?> ReadAsync(HttpContext context, string id, Projection projection)
    {
        var view = new ResourceView(services.ScimUrl(context), projection.Shows);
        return services.Store.ReadAsync(session => kind.Read(session, id, view));
    }

    private Task AnswerAsync(HttpContext context, int status, JsonObject resource, Projection projection)
    {
        context.Response.Headers.ETag = Tag(resource);
        context.Response.Headers.Location = resource["meta"]!["location"]!.GetValue<string>();
        return ScimResponses.WriteAsync(context, status, projection.Apply(resource, kind.Type));
    }

    private ChangeContext Change(string actor) => new(actor, services.Time.GetUtcNow());

    private static string Tag(JsonObject resource) => resource["meta"]!["version"]!.GetValue<string>();

    private static Projection ProjectionOf(HttpContext context) =>
        Projection.Parse(context.Request.Query["attributes"], context.Request.Query["excludedAttributes"]);

    private static IReadOnlyList<string>? Condition(HttpContext context) => EntityTags.Parse(context.Request.Headers.IfMatch);

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}

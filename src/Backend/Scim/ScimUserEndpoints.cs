using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Endpoints;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Patching;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary><c>/scim/v2/Users</c> (RFC 7644, section 3). Changes go through <see cref="UserChanges"/>, as the admin API's do.</summary>
internal sealed class ScimUserEndpoints(BackendServices services)
{
    public const int MaxResults = 1000;
    private const int DefaultResults = 100;
    private const string Path = "/scim/v2/Users";

    public void Map(IEndpointRouteBuilder routes, ScimGate gate)
    {
        routes.MapGet(Path, gate.Guard(ListAsync));
        routes.MapPost(Path, gate.Guard(CreateAsync));
        routes.MapGet(Path + "/{id}", gate.Guard(GetAsync));
        routes.MapPut(Path + "/{id}", gate.Guard(ReplaceAsync));
        routes.MapPatch(Path + "/{id}", gate.Guard(PatchAsync));
        routes.MapDelete(Path + "/{id}", gate.Guard(DeleteAsync));
    }

    private async Task ListAsync(HttpContext context, string actor)
    {
        var filter = context.Request.Query["filter"].ToString() is { Length: > 0 } text ? FilterParser.Parse(text) : null;
        var start = Math.Max(1, Number(context, "startIndex", 1));
        var count = (int)Math.Clamp(Number(context, "count", DefaultResults), 0, MaxResults);
        var (url, projection) = (services.ScimUrl(context), ProjectionOf(context));
        var found = await services.Store.ReadAsync(session => ScimSearch.Run(session, filter, start, count, url));
        var resources = found.Users.Select(user => projection.Apply(ScimUsers.Resource(user, url)));
        await ScimResponses.WriteAsync(context, StatusCodes.Status200OK, ScimSearch.Response(found.Total, start, resources));
    }

    private async Task CreateAsync(HttpContext context, string actor)
    {
        var draft = ScimUsers.Record(Canonicalizer.Canonical(await ScimBody.ReadAsync(context)), null);
        var user = await services.Store.WriteAsync(session => UserChanges.Create(session, draft, actor, services.Time.GetUtcNow()));
        await AnswerAsync(context, StatusCodes.Status201Created, user);
    }

    private async Task GetAsync(HttpContext context, string actor)
    {
        var id = Id(context);
        var user = await services.Store.ReadAsync(session => Find(session, id));
        if (Preconditions.NoneMatch(context, user))
        {
            context.Response.Headers.ETag = ScimUsers.Version(user);
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await AnswerAsync(context, StatusCodes.Status200OK, user);
    }

    private async Task ReplaceAsync(HttpContext context, string actor)
    {
        var canonical = Canonicalizer.Canonical(await ScimBody.ReadAsync(context));
        await ChangeAsync(context, actor, before => ScimUsers.Record(canonical, before));
    }

    private async Task PatchAsync(HttpContext context, string actor)
    {
        var operations = PatchRequest.Read(await ScimBody.ReadAsync(context));
        await ChangeAsync(context, actor, before => ScimUsers.Record(PatchApplier.Apply(ScimUsers.Writable(before), operations), before));
    }

    private async Task DeleteAsync(HttpContext context, string actor)
    {
        var (id, tags) = (Id(context), Preconditions.IfMatch(context));
        await services.Store.WriteAsync(session =>
        {
            var user = Find(session, id);
            Preconditions.Require(tags, user);
            UserChanges.Delete(session, user, actor, services.Time.GetUtcNow());
            return true;
        });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ChangeAsync(HttpContext context, string actor, Func<UserRecord, UserRecord> change)
    {
        var (id, tags) = (Id(context), Preconditions.IfMatch(context));
        var user = await services.Store.WriteAsync(session =>
        {
            var before = Find(session, id);
            Preconditions.Require(tags, before);
            return UserChanges.Update(session, before, change(before), actor, services.Time.GetUtcNow());
        });
        await AnswerAsync(context, StatusCodes.Status200OK, user);
    }

    private Task AnswerAsync(HttpContext context, int status, UserRecord user)
    {
        var url = services.ScimUrl(context);
        context.Response.Headers.ETag = ScimUsers.Version(user);
        context.Response.Headers.Location = ScimUsers.Location(user, url);
        JsonObject resource = ProjectionOf(context).Apply(ScimUsers.Resource(user, url));
        return ScimResponses.WriteAsync(context, status, resource);
    }

    private static Projection ProjectionOf(HttpContext context) =>
        Projection.Parse(context.Request.Query["attributes"], context.Request.Query["excludedAttributes"]);

    private static long Number(HttpContext context, string name, long otherwise)
    {
        if (context.Request.Query[name].ToString() is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ScimErrors.InvalidValue(name, $"The parameter {name} must be a whole number.");
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static UserRecord Find(StoreSession session, string id) =>
        session.Users.Find(id) ?? throw Refusals.NotFound("user", id).AsException();
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Endpoints;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// <c>/ServiceProviderConfig</c>, <c>/ResourceTypes</c> and <c>/Schemas</c> (RFC 7644, section 4). They say nothing about
/// the account, so they need no token: a client can look before it has one.
/// </summary>
internal sealed class ScimDiscovery(BackendServices services)
{
    private static readonly ScimResourceType[] Types = [UserSchemas.Type, GroupSchemas.Type];
    private static readonly ScimSchema[] Schemas = [.. Types.SelectMany(t => t.Extensions.Prepend(t.Core))];

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/ServiceProviderConfig", c => ServiceProviderConfig.Of(services.ScimUrl(c)));
        Map(routes, "/ResourceTypes", c => SearchResult.All([.. Types.Select(t => ResourceTypeJson.Of(t, services.ScimUrl(c)))]));
        Map(routes, "/ResourceTypes/{id}", c => ResourceTypeJson.Of(
            Types.FirstOrDefault(t => t.Name == Id(c)) ?? throw Refusals.NotFound("resource type", Id(c)).AsException(), services.ScimUrl(c)));
        Map(routes, "/Schemas", c => SearchResult.All([.. Schemas.Select(s => SchemaJson.Of(s, services.ScimUrl(c)))]));
        Map(routes, "/Schemas/{id}", c => SchemaJson.Of(
            Schemas.FirstOrDefault(s => s.Is(Id(c))) ?? throw Refusals.NotFound("schema", Id(c)).AsException(), services.ScimUrl(c)));
    }

    private static void Map(IEndpointRouteBuilder routes, string path, Func<HttpContext, JsonObject> answer) =>
        routes.MapGet(ScimService.Root + path, (RequestDelegate)(context =>
        {
            // Lists of what exists are never filtered; paging and sorting are ignored (RFC 7644, section 4).
            if (context.Request.Query.ContainsKey("filter"))
            {
                throw Refusals.DiscoveryFilter().AsException();
            }

            return ScimResponses.WriteAsync(context, StatusCodes.Status200OK, answer(context));
        }));

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}

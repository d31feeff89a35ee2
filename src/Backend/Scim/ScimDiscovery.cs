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
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/scim/v2/ServiceProviderConfig", (RequestDelegate)(c => Answer(c, Configuration(services.ScimUrl(c)))));
        routes.MapGet("/scim/v2/ResourceTypes", (RequestDelegate)(c => AnswerList(c, [ResourceType(services.ScimUrl(c))])));
        routes.MapGet("/scim/v2/ResourceTypes/{id}", (RequestDelegate)(c =>
            AnswerOne(c, "resource type", id => id == "User" ? ResourceType(services.ScimUrl(c)) : null)));
        routes.MapGet("/scim/v2/Schemas", (RequestDelegate)(c => AnswerList(c, Schemas.Select(s => SchemaJson.Of(s, services.ScimUrl(c))))));
        routes.MapGet("/scim/v2/Schemas/{id}", (RequestDelegate)(c => AnswerOne(c, "schema", id => Schema(id, services.ScimUrl(c)))));
    }

    private static ScimSchema[] Schemas => [UserSchemas.Core, UserSchemas.Enterprise];

    private static JsonObject? Schema(string id, string scimUrl) =>
        Schemas.FirstOrDefault(s => s.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } found ? SchemaJson.Of(found, scimUrl) : null;

    private static Task Answer(HttpContext context, JsonObject body) => ScimResponses.WriteAsync(context, StatusCodes.Status200OK, body);

    private static Task AnswerList(HttpContext context, IEnumerable<JsonObject> resources)
    {
        var list = resources.ToList();
        return Answer(context, ScimSearch.Response(list.Count, 1, list));
    }

    private static Task AnswerOne(HttpContext context, string kind, Func<string, JsonObject?> find)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return Answer(context, find(id) ?? throw Refusals.NotFound(kind, id).AsException());
    }

    private static JsonObject Configuration(string scimUrl) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = new JsonObject { ["supported"] = true },
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = ScimUserEndpoints.MaxResults },
        ["changePassword"] = new JsonObject { ["supported"] = false },
        ["sort"] = new JsonObject { ["supported"] = false },
        ["etag"] = new JsonObject { ["supported"] = true },
        ["authenticationSchemes"] = new JsonArray(new JsonObject
        {
            ["type"] = "oauthbearertoken",
            ["name"] = "SCIM token",
            ["description"] = "A token that an admin of the account generated, sent as a bearer token.",
            ["specUri"] = "https://www.rfc-editor.org/rfc/rfc6750",
            ["primary"] = true,
        }),
        ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = scimUrl + "/ServiceProviderConfig" },
    };

    private static JsonObject ResourceType(string scimUrl) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = "User",
        ["name"] = "User",
        ["endpoint"] = "/Users",
        ["description"] = "A user of the account",
        ["schema"] = UserSchemas.CoreId,
        ["schemaExtensions"] = new JsonArray(new JsonObject { ["schema"] = UserSchemas.EnterpriseId, ["required"] = false }),
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = scimUrl + "/ResourceTypes/User" },
    };
}

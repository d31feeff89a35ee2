using System.Text.Json.Nodes;
using ScimOperator.Backend.Endpoints;

namespace ScimOperator.Backend.Scim;

/// <summary>What this service offers (RFC 7643, section 5; RFC 9865, section 4).</summary>
internal static class ServiceProviderConfig
{
    public static JsonObject Of(string scimUrl) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject
        {
            ["supported"] = true,
            ["maxOperations"] = BulkRequest.MaxOperations,
            ["maxPayloadSize"] = RequestPipeline.MaxBodyBytes,
        },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = ScimQuery.MaxResults },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(true),
        ["etag"] = Supported(true),
        ["pagination"] = new JsonObject
        {
            ["cursor"] = true,
            ["index"] = true,
            ["defaultPaginationMethod"] = "index",
            ["defaultPageSize"] = ScimQuery.DefaultResults,
            ["maxPageSize"] = ScimQuery.MaxResults,
            ["cursorTimeout"] = (int)SearchCursor.Timeout.TotalSeconds,
        },
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

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };
}

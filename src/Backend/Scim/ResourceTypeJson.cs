using System.Text.Json.Nodes;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Scim;

/// <summary>Resource types as resources (RFC 7643, section 6).</summary>
internal static class ResourceTypeJson
{
    public static JsonObject Of(ScimResourceType type, string scimUrl)
    {
        var json = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
            ["id"] = type.Name,
            ["name"] = type.Name,
            ["endpoint"] = type.Endpoint,
            ["description"] = type.Description,
            ["schema"] = type.Core.Id,
        };
        if (type.Extensions.Count > 0)
        {
            json["schemaExtensions"] = new JsonArray(
                [.. type.Extensions.Select(e => new JsonObject { ["schema"] = e.Id, ["required"] = false })]);
        }

        json["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = scimUrl + "/ResourceTypes/" + type.Name };
        return json;
    }
}

using System.Text.Json.Nodes;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Scim;

/// <summary>Schemas as resources (RFC 7643, section 7).</summary>
internal static class SchemaJson
{
    public static JsonObject Of(ScimSchema schema, string scimUrl) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"),
        ["id"] = schema.Id,
        ["name"] = schema.Name,
        ["description"] = schema.Description,
        ["attributes"] = Attributes(schema.Attributes),
        ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = scimUrl + "/Schemas/" + schema.Id },
    };

    private static JsonArray Attributes(IReadOnlyList<ScimAttribute> attributes) => new([.. attributes.Select(Attribute)]);

    private static JsonObject Attribute(ScimAttribute attribute)
    {
        var json = new JsonObject
        {
            ["name"] = attribute.Name,
            ["type"] = attribute.Type switch
            {
                ScimType.Boolean => "boolean",
                ScimType.DateTime => "dateTime",
                ScimType.Reference => "reference",
                ScimType.Binary => "binary",
                ScimType.Complex => "complex",
                _ => "string",
            },
            ["multiValued"] = attribute.MultiValued,
            ["description"] = attribute.Description,
            ["required"] = attribute.Required,
            ["caseExact"] = attribute.CaseExact,
            ["mutability"] = attribute switch
            {
                { ReadOnly: true } => "readOnly",
                { WriteOnly: true } => "writeOnly",
                { Immutable: true } => "immutable",
                _ => "readWrite",
            },
            ["returned"] = attribute.Always ? "always" : attribute.WriteOnly ? "never" : "default",
            ["uniqueness"] = attribute.UniqueOnServer ? "server" : "none",
        };
        if (attribute.CanonicalValues.Count > 0)
        {
            json["canonicalValues"] = new JsonArray([.. attribute.CanonicalValues.Select(v => JsonValue.Create(v))]);
        }

        if (attribute.ReferenceTypes.Count > 0)
        {
            json["referenceTypes"] = new JsonArray([.. attribute.ReferenceTypes.Select(v => JsonValue.Create(v))]);
        }

        if (attribute.Sub.Count > 0)
        {
            json["subAttributes"] = Attributes(attribute.Sub);
        }

        return json;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Scim;

/// <summary>Errors as SCIM writes them (RFC 7644, section 3.12): the status is a string.</summary>
internal static class ScimErrorJson
{
    public static JsonObject Of(Refusal refusal)
    {
        var error = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:Error"),
            ["status"] = Status(refusal.Status),
            ["detail"] = refusal.Detail,
        };
        if (refusal.ScimType is { } type)
        {
            error["scimType"] = type;
        }

        return error;
    }

    public static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Api;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// Between the account's user and SCIM's. userName is the email, userType and active are the account's; displayName and
/// externalId have columns; everything else is kept as JSON and given back as it was.
/// </summary>
internal static class ScimUsers
{
    private const int MaxUserName = 254;
    private const int MaxName = 256;
    private static readonly string[] Columns = ["externalId", "userName", "displayName", "userType", "active"];

    /// <summary>The attributes a client can write, in canonical form: what a patch works on.</summary>
    public static JsonObject Writable(UserRecord user)
    {
        var stored = user.Attributes is { } json ? (JsonObject)JsonNode.Parse(json)! : [];
        stored["userName"] = user.Email;
        stored["userType"] = Names.Of(user.Type);
        stored["active"] = user.Active;
        SetIfAny(stored, "displayName", user.DisplayName);
        SetIfAny(stored, "externalId", user.ExternalId);
        return Canonicalizer.Canonical(stored, UserSchemas.Type);
    }

    /// <summary>Whole resources, as they are returned and as filters see them.</summary>
    public static IReadOnlyList<JsonObject> Resources(StoreSession session, IReadOnlyList<UserRecord> users, string scimUrl)
    {
        var parts = users.Select(u => (u.Id, Writable: Writable(u))).ToList();
        var relations = UserRelations.Load(session, parts);
        return [.. users.Select((user, i) => Resource(user, parts[i].Writable, relations, scimUrl))];
    }

    private static JsonObject Resource(UserRecord user, JsonObject writable, UserRelations relations, string scimUrl)
    {
        var shown = relations.Complete(user.Id, writable, scimUrl);
        var schemas = new JsonArray(UserSchemas.CoreId);
        if (writable.ContainsKey(UserSchemas.EnterpriseId))
        {
            schemas.Add((JsonNode)UserSchemas.EnterpriseId);
        }

        var resource = new JsonObject { ["schemas"] = schemas, ["id"] = user.Id };
        foreach (var name in writable.Select(p => p.Key).ToList())
        {
            var value = writable[name];
            writable.Remove(name);
            resource[name] = value;
        }

        resource["meta"] = new JsonObject
        {
            ["resourceType"] = "User",
            ["created"] = TimestampConverter.Text(user.CreatedAt),
            ["lastModified"] = TimestampConverter.Text(user.UpdatedAt),
            ["location"] = Location(user.Id, scimUrl),
            ["version"] = shown is { } tag ? EntityTags.Of(user.Version, tag) : EntityTags.Of(user.Version),
        };
        return resource;
    }

    public static string Location(string id, string scimUrl) => scimUrl + "/Users/" + id;

    /// <summary>
    /// The user that canonical attributes describe. A type or an active flag that is not given stays as it is on
    /// <paramref name="before"/>: an IdP that replaces users without knowing these must not demote or activate anybody.
    /// </summary>
    /// <exception cref="RefusedException">invalidValue.</exception>
    public static UserRecord Record(JsonObject canonical, UserRecord? before)
    {
        var start = before ?? UserRecord.Draft("", UserType.Member, true);
        var extras = (JsonObject)canonical.DeepClone();
        foreach (var column in Columns)
        {
            extras.Remove(column);
        }

        return start with
        {
            Email = UserName(canonical),
            ExternalId = Text(canonical, "externalId", MaxName),
            DisplayName = Text(canonical, "displayName", MaxName),
            Type = Type(canonical) ?? start.Type,
            Active = canonical["active"] is { } active ? active.GetValue<bool>() : start.Active,
            Attributes = extras.Count > 0 ? extras.ToJsonString() : null,
        };
    }

    private static string UserName(JsonObject canonical)
    {
        var name = Text(canonical, "userName", MaxUserName);
        return string.IsNullOrWhiteSpace(name) || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            ? throw ScimErrors.InvalidValue("userName", $"The attribute userName is required: the user's email address, at most {MaxUserName} characters, without blanks.")
            : name;
    }

    private static UserType? Type(JsonObject canonical)
    {
        if (Text(canonical, "userType", MaxName) is not { } text)
        {
            return null;
        }

        return Names.TryParse(text, StringComparison.OrdinalIgnoreCase, out var type)
            ? type
            : throw ScimErrors.InvalidValue("userType", $"The attribute userType must be one of {Names.UserTypes}.");
    }

    private static string? Text(JsonObject canonical, string name, int max)
    {
        if (canonical[name] is not { } node || node.GetValueKind() != JsonValueKind.String || node.GetValue<string>() is not { Length: > 0 } text)
        {
            return null;
        }

        return text.Length <= max && !text.Any(char.IsControl)
            ? text
            : throw ScimErrors.InvalidValue(name, $"The attribute {name} must have at most {max} characters and no control characters.");
    }

    private static void SetIfAny(JsonObject target, string name, string? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}

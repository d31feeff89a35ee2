using System.Text.Json.Nodes;
using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Drivers.Scim;

/// <summary>Between a SCIM user (RFC 7643, section 4.1) and the driver's own: userName is the email.</summary>
internal sealed class ScimUsers(UserTypeMapping types)
{
    private const string CoreSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string PatchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private const int LongestId = 256;

    /// <summary>Reads a user; what is missing or of another type is an invalid answer.</summary>
    /// <param name="user">The resource.</param>
    /// <param name="call">What was asked, for messages.</param>
    /// <param name="etag">The version from the header; null to take the one in the resource.</param>
    internal BackendUser Read(JsonObject user, string call, string? etag)
    {
        var id = ScimJson.Text(user, "id", call);
        if (id is null or { Length: 0 or > LongestId })
        {
            throw ScimProblems.Invalid(call, id?.Length > LongestId ? $"a user's \"id\" is longer than {LongestId} characters" : "a user has no \"id\"");
        }

        if (ScimJson.Text(user, "userName", call) is not { Length: > 0 } name)
        {
            throw ScimProblems.Invalid(call, "a user has no \"userName\"");
        }

        // A provider without the attribute knows no inactive users.
        var state = new UserState(types.Read(user, call), ScimJson.Boolean(user, "active", call) ?? true);
        var version = etag ?? (ScimJson.Object(user, "meta", call) is { } meta ? ScimJson.Text(meta, "version", call) : null);
        if (version is not null && !version.All(c => c is >= ' ' and < '\x7f'))
        {
            throw ScimProblems.Invalid(call, "a user's version can't stand in a header");
        }

        return new BackendUser(id, name, ScimJson.Text(user, "displayName", call), state, version);
    }

    /// <summary>The user as it is to be created.</summary>
    internal JsonObject Create(NewUser user)
    {
        types.Require(user.State.Type);
        var body = new JsonObject { ["schemas"] = new JsonArray(CoreSchema), ["userName"] = user.Email };
        if (user.DisplayName is { } name)
        {
            body["displayName"] = name;
        }

        body["active"] = user.State.Active;
        body["emails"] = new JsonArray(new JsonObject { ["value"] = user.Email, ["type"] = "work", ["primary"] = true });
        types.Write(body, user.State.Type, "POST /Users");
        return body;
    }

    /// <summary>Changes the fields that the patch names in a resource that was read; everything else stays as it came.</summary>
    internal void Apply(JsonObject user, UserPatch patch, string call)
    {
        if (patch.DisplayName is { } name)
        {
            user[ScimJson.NameIn(user, "displayName")] = name;
        }

        if (patch.Active is { } active)
        {
            user[ScimJson.NameIn(user, "active")] = active;
        }

        if (patch.UserType is { } type)
        {
            types.Write(user, type, call);
        }
    }

    /// <summary>Whether the patch can't be written without knowing what the user has now.</summary>
    internal bool NeedsResource(UserPatch patch) => patch.UserType is not null && types.IsList;

    /// <summary>The PATCH request (RFC 7644, section 3.5.2): one replace for each field, with its path.</summary>
    internal JsonObject Patch(UserPatch patch, JsonObject? user, string call)
    {
        var operations = new JsonArray();
        if (patch.DisplayName is { } name)
        {
            operations.Add((JsonNode)Operation("displayName", name));
        }

        if (patch.UserType is { } type)
        {
            operations.Add((JsonNode)Operation(types.Path, types.Target(user ?? [], type, call)));
        }

        if (patch.Active is { } active)
        {
            operations.Add((JsonNode)Operation("active", active));
        }

        return new JsonObject { ["schemas"] = new JsonArray(PatchSchema), ["Operations"] = operations };
    }

    /// <summary>What of a patch a user does not have; empty when all is so.</summary>
    internal static UserPatch Missing(UserPatch patch, BackendUser user) => new(
        patch.DisplayName is { } name && name != user.DisplayName ? name : null,
        patch.UserType is { } type && type != user.State.Type ? type : null,
        patch.Active is { } active && active != user.State.Active ? active : null);

    internal void Require(UserType? type)
    {
        if (type is { } wanted)
        {
            types.Require(wanted);
        }
    }

    private static JsonObject Operation(string path, JsonNode? value) => value is null
        ? new JsonObject { ["op"] = "remove", ["path"] = path }
        : new JsonObject { ["op"] = "replace", ["path"] = path, ["value"] = value };
}

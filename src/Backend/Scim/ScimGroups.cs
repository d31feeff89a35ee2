using System.Text.Json;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Api;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Scim;

/// <summary>Between the account's group and SCIM's.</summary>
internal static class ScimGroups
{
    private const int MaxName = 256;

    /// <summary>The attributes a client can write, but for the members.</summary>
    public static JsonObject Writable(GroupRecord group)
    {
        var writable = new JsonObject();
        if (group.ExternalId is { } externalId)
        {
            writable["externalId"] = externalId;
        }

        writable["displayName"] = group.DisplayName;
        return writable;
    }

    /// <param name="members">Null leaves them out: nobody will look at them.</param>
    public static JsonObject Resource(GroupRecord group, IReadOnlyList<MemberRecord>? members, string scimUrl)
    {
        var resource = new JsonObject { ["schemas"] = new JsonArray(GroupSchemas.CoreId), ["id"] = group.Id };
        foreach (var (name, value) in Writable(group))
        {
            resource[name] = value?.DeepClone();
        }

        if (members is { Count: > 0 })
        {
            resource["members"] = new JsonArray([.. members.Select(m => Member(m, scimUrl))]);
        }

        resource["meta"] = new JsonObject
        {
            ["resourceType"] = "Group",
            ["created"] = TimestampConverter.Text(group.CreatedAt),
            ["lastModified"] = TimestampConverter.Text(group.UpdatedAt),
            ["location"] = Location(group.Id, scimUrl),
            ["version"] = EntityTags.Of(group.Version),
        };
        return resource;
    }

    public static JsonObject Member(MemberRecord member, string scimUrl)
    {
        var json = new JsonObject
        {
            ["value"] = member.Id,
            ["$ref"] = member.IsGroup ? Location(member.Id, scimUrl) : ScimUsers.Location(member.Id, scimUrl),
            ["type"] = member.IsGroup ? "Group" : "User",
        };
        if (member.Display is { } display)
        {
            json["display"] = display;
        }

        return json;
    }

    public static string Location(string id, string scimUrl) => scimUrl + "/Groups/" + id;

    /// <summary>The group that canonical attributes describe.</summary>
    /// <exception cref="RefusedException">invalidValue.</exception>
    public static GroupRecord Record(JsonObject canonical, GroupRecord? before)
    {
        var name = Text(canonical, "displayName");
        if (string.IsNullOrWhiteSpace(name))
        {
            throw ScimErrors.InvalidValue("displayName", "The attribute displayName is required: the group's name.");
        }

        var externalId = Text(canonical, "externalId");
        return before is null ? GroupRecord.Draft(name, externalId) : before with { DisplayName = name, ExternalId = externalId };
    }

    private static string? Text(JsonObject canonical, string name)
    {
        if (canonical[name] is not { } node || node.GetValueKind() != JsonValueKind.String || node.GetValue<string>() is not { Length: > 0 } text)
        {
            return null;
        }

        return text.Length <= MaxName && !text.Any(char.IsControl)
            ? text
            : throw ScimErrors.InvalidValue(name, $"The attribute {name} must have at most {MaxName} characters and no control characters.");
    }
}

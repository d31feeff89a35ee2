using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>What users show of others: the groups they are in and the names of their managers. Loaded for many users at once.</summary>
internal sealed class UserRelations
{
    private readonly ILookup<string, GroupOfMember> groups;
    private readonly Dictionary<string, UserRecord> managers = [];

    private UserRelations(ILookup<string, GroupOfMember> groups) => this.groups = groups;

    /// <param name="users">Ids, with the writable attributes, which name the managers.</param>
    public static UserRelations Load(StoreSession session, IReadOnlyList<(string Id, JsonObject Writable)> users)
    {
        var relations = new UserRelations(session.Members.GroupsOf([.. users.Select(u => u.Id)]).ToLookup(g => g.MemberId));
        foreach (var id in users.Select(u => ManagerOf(u.Writable)?["value"]).OfType<JsonValue>().Select(v => v.GetValue<string>()).Distinct())
        {
            if (session.Users.Find(id) is { } manager)
            {
                relations.managers[id] = manager;
            }
        }

        return relations;
    }

    /// <summary>Completes a user's attributes, and tells what stands for the additions in its entity tag; null when there are none.</summary>
    public uint? Complete(string id, JsonObject writable, string scimUrl)
    {
        var shown = new StringBuilder();
        if (ManagerOf(writable) is { } manager && manager["value"] is JsonValue value && managers.TryGetValue(value.GetValue<string>(), out var found))
        {
            var name = found.DisplayName ?? found.Email;
            manager["$ref"] = ScimUsers.Location(found.Id, scimUrl);
            manager["displayName"] = name;
            shown.Append(name).Append('\n');
        }

        if (groups[id].ToList() is { Count: > 0 } memberships)
        {
            writable["groups"] = new JsonArray([.. memberships.Select(g => Group(g, scimUrl))]);
            memberships.ForEach(g => shown.Append(g.GroupId).Append(' ').Append(g.Display).Append('\n'));
        }

        return shown.Length > 0 ? Hash(shown.ToString()) : null;
    }

    private static JsonObject? ManagerOf(JsonObject writable) => (writable[UserSchemas.EnterpriseId] as JsonObject)?["manager"] as JsonObject;

    private static JsonObject Group(GroupOfMember group, string scimUrl) => new()
    {
        ["value"] = group.GroupId,
        ["$ref"] = ScimGroups.Location(group.GroupId, scimUrl),
        ["display"] = group.Display,
        ["type"] = "direct",
    };

    // FNV-1a: it only has to differ when the text does.
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash;
    }
}

using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Patching;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>Groups.</summary>
internal sealed class GroupResources : IScimResource
{
    private const string Members = "members";

    public ScimResourceType Type => GroupSchemas.Type;

    public string NewId(DateTimeOffset now) => Identifiers.ForGroup(now);

    public Written Create(StoreSession session, JsonObject canonical, string? id, ChangeContext change)
    {
        var draft = ScimGroups.Record(canonical, null) with { Id = id ?? "" };
        return Of(GroupChanges.Create(session, draft, change.Pending, m => m.ReplaceAll(MembersIn(canonical)), change.Actor, change.Now));
    }

    public Written Replace(StoreSession session, string id, IReadOnlyList<string>? condition, JsonObject canonical, ChangeContext change)
    {
        var before = Require(session, id, condition);
        var members = new GroupMembers(session, id, change.Pending);
        members.ReplaceAll(MembersIn(canonical));
        return Of(GroupChanges.Update(session, before, ScimGroups.Record(canonical, before), members, change.Actor, change.Now));
    }

    public Written Patch(
        StoreSession session, string id, IReadOnlyList<string>? condition, IReadOnlyList<PatchOperation> operations, ChangeContext change)
    {
        var before = Require(session, id, condition);
        var members = new GroupMembers(session, id, change.Pending);
        var patcher = new PatchApplier(Type, new GroupMemberPatch(session, id, members));
        var after = ScimGroups.Record(patcher.Apply(ScimGroups.Writable(before), operations), before);
        return Of(GroupChanges.Update(session, before, after, members, change.Actor, change.Now));
    }

    public void Delete(StoreSession session, string id, IReadOnlyList<string>? condition, ChangeContext change) =>
        GroupChanges.Delete(session, Require(session, id, condition), change.Actor, change.Now);

    public JsonObject? Read(StoreSession session, string id, ResourceView view) =>
        session.Groups.Find(id) is { } group ? Resources(session, [group], view)[0] : null;

    public SqlCondition Compile(FilterExpression? filter) => GroupFilterSql.Of(filter);

    public long Count(StoreSession session, SqlCondition condition) => session.Groups.CountWhere(condition.Where, condition.Values);

    public IReadOnlyList<SearchHit> Find(StoreSession session, SqlCondition condition, long offset, int limit, ResourceView view)
    {
        var groups = session.Groups.Where(condition.Where, condition.Values, offset, limit);
        return [.. Resources(session, groups, view).Select((resource, i) => new SearchHit(this, groups[i].Seq, resource))];
    }

    private static IReadOnlyList<JsonObject> Resources(StoreSession session, IReadOnlyList<GroupRecord> groups, ResourceView view)
    {
        var members = view.Shows(Members) ? session.Members.Of([.. groups.Select(g => g.Id)]).ToLookup(m => m.GroupId) : null;
        return [.. groups.Select(g => ScimGroups.Resource(g, members?[g.Id].ToList(), view.ScimUrl))];
    }

    private static IReadOnlyList<string> MembersIn(JsonObject canonical) =>
        canonical[Members] is { } given ? GroupMemberPatch.Ids(given) : [];

    private static Written Of(GroupRecord group) => new(group.Id, EntityTags.Of(group.Version));

    private static GroupRecord Require(StoreSession session, string id, IReadOnlyList<string>? condition)
    {
        var group = session.Groups.Find(id) ?? throw Refusals.NotFound("group", id).AsException();
        return EntityTags.Allow(condition, group.Version) ? group : throw Refusals.VersionConflict(group).AsException();
    }
}

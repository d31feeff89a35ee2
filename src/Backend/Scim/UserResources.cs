using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Patching;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>Users. Changes go through <see cref="UserChanges"/>, as the admin API's do.</summary>
internal sealed class UserResources : IScimResource
{
    private static readonly PatchApplier Patcher = new(UserSchemas.Type, null);

    public ScimResourceType Type => UserSchemas.Type;

    public string NewId(DateTimeOffset now) => Identifiers.ForUser(now);

    public Written Create(StoreSession session, JsonObject canonical, string? id, ChangeContext change)
    {
        var draft = ScimUsers.Record(canonical, null) with { Id = id ?? "" };
        return Of(UserChanges.Create(session, draft, change.Actor, change.Now));
    }

    public Written Replace(StoreSession session, string id, IReadOnlyList<string>? condition, JsonObject canonical, ChangeContext change)
    {
        var before = Require(session, id, condition);
        return Of(UserChanges.Update(session, before, ScimUsers.Record(canonical, before), change.Actor, change.Now));
    }

    public Written Patch(
        StoreSession session, string id, IReadOnlyList<string>? condition, IReadOnlyList<PatchOperation> operations, ChangeContext change)
    {
        var before = Require(session, id, condition);
        var after = ScimUsers.Record(Patcher.Apply(ScimUsers.Writable(before), operations), before);
        return Of(UserChanges.Update(session, before, after, change.Actor, change.Now));
    }

    public void Delete(StoreSession session, string id, IReadOnlyList<string>? condition, ChangeContext change) =>
        UserChanges.Delete(session, Require(session, id, condition), change.Actor, change.Now);

    public JsonObject? Read(StoreSession session, string id, ResourceView view) =>
        session.Users.Find(id) is { } user ? ScimUsers.Resources(session, [user], view.ScimUrl)[0] : null;

    public SqlCondition Compile(FilterExpression? filter) => UserFilterSql.Of(filter);

    public long Count(StoreSession session, SqlCondition condition) => session.Users.CountWhere(condition.Where, condition.Values);

    public IReadOnlyList<SearchHit> Find(StoreSession session, SqlCondition condition, long offset, int limit, ResourceView view)
    {
        var users = session.Users.Where(condition.Where, condition.Values, offset, limit);
        return [.. ScimUsers.Resources(session, users, view.ScimUrl).Select((resource, i) => new SearchHit(this, users[i].Seq, resource))];
    }

    private static Written Of(UserRecord user) => new(user.Id, EntityTags.Of(user.Version));

    private static UserRecord Require(StoreSession session, string id, IReadOnlyList<string>? condition)
    {
        var user = session.Users.Find(id) ?? throw Refusals.NotFound("user", id).AsException();
        return EntityTags.Allow(condition, user.Version) ? user : throw Refusals.VersionConflict(user).AsException();
    }
}

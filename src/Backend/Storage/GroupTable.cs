using System.Data.Common;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Storage;

/// <summary>Groups. <c>display_name_key</c> is the lower-cased name: the unique index and the look-ups go by it on every store alike.</summary>
internal sealed class GroupTable(DbConnection connection) : IDisposable
{
    private const string Select = "SELECT seq, id, display_name, external_id, version, created_at, updated_at FROM scim_groups ";

    private readonly ShapedStatements shapes = new(connection);
    private readonly SqlStatement find = new(connection, Select + "WHERE id = @id", "id");
    private readonly SqlStatement findByName = new(connection, Select + "WHERE display_name_key = @key", "key");
    private readonly SqlStatement delete = new(connection, "DELETE FROM scim_groups WHERE id = @id", "id");

    private readonly SqlStatement insert = new(
        connection,
        "INSERT INTO scim_groups (id, display_name, display_name_key, external_id, version, created_at, updated_at) "
        + "VALUES (@id, @name, @key, @external, @version, @created, @updated)",
        "id", "name", "key", "external", "version", "created", "updated");

    private readonly SqlStatement update = new(
        connection,
        "UPDATE scim_groups SET display_name = @name, display_name_key = @key, external_id = @external, version = @version, "
        + "updated_at = @updated WHERE id = @id",
        "name", "key", "external", "version", "updated", "id");

    private readonly SqlStatement touch = new(
        connection,
        "UPDATE scim_groups SET version = version + 1, updated_at = @at "
        + "WHERE id IN (SELECT group_id FROM scim_group_members WHERE member_id = @member)",
        "at", "member");

    /// <summary>The form in which names are compared.</summary>
    public static string Key(string displayName) => displayName.ToLowerInvariant();

    public GroupRecord? Find(string id) => find.One(Map, id);

    public GroupRecord? FindByName(string displayName) => findByName.One(Map, Key(displayName));

    /// <summary>Groups that a condition selects, in creation order.</summary>
    /// <param name="where">A condition put together from this project's constants, values as @p0, @p1, …</param>
    public List<GroupRecord> Where(string where, IReadOnlyList<object> values, long offset, long limit) => shapes
        .Get(Select + "WHERE " + where + " ORDER BY seq LIMIT @limit OFFSET @offset", values.Count, "limit", "offset")
        .All(Map, [.. values, limit, offset]);

    public long CountWhere(string where, IReadOnlyList<object> values) =>
        shapes.Get("SELECT COUNT(*) FROM scim_groups WHERE " + where, values.Count).Count([.. values]);

    public void Insert(GroupRecord group) => insert.Execute(
        group.Id, group.DisplayName, Key(group.DisplayName), group.ExternalId, group.Version, SqlValues.Of(group.CreatedAt), SqlValues.Of(group.UpdatedAt));

    public void Update(GroupRecord group) => update.Execute(
        group.DisplayName, Key(group.DisplayName), group.ExternalId, group.Version, SqlValues.Of(group.UpdatedAt), group.Id);

    public void Delete(string id) => delete.Execute(id);

    /// <summary>Gives every group that has this member a new version: what they show of it has changed.</summary>
    public void TouchGroupsOf(string memberId, DateTimeOffset at) => touch.Execute(SqlValues.Of(at), memberId);

    public void Dispose()
    {
        foreach (var statement in (SqlStatement[])[find, findByName, delete, insert, update, touch])
        {
            statement.Dispose();
        }

        shapes.Dispose();
    }

    private static GroupRecord Map(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.Text(3), row.GetInt64(4), row.Time(5), row.Time(6));
}

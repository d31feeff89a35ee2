using System.Data.Common;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Storage;

/// <summary>Who is in which group. A member is a user or a group; what it is called is read from there, never copied.</summary>
internal sealed class MemberTable(DbConnection connection) : IDisposable
{
    // Many are looked up with one statement of a fixed shape; the last id fills what is left of it.
    private const int Chunk = 64;

    private static readonly string[] ChunkNames = [.. Enumerable.Range(0, Chunk).Select(i => $"p{i}")];
    private static readonly string ChunkList = string.Join(", ", ChunkNames.Select(n => "@" + n));

    private readonly SqlStatement membersOf = new(
        connection,
        "SELECT m.group_id, m.member_id, m.is_group, COALESCE(u.display_name, u.email, g.display_name) FROM scim_group_members m "
        + "LEFT JOIN users u ON u.id = m.member_id LEFT JOIN scim_groups g ON g.id = m.member_id "
        + "WHERE m.group_id IN (" + ChunkList + ") ORDER BY m.seq",
        ChunkNames);

    private readonly SqlStatement groupsOf = new(
        connection,
        "SELECT m.member_id, g.id, g.display_name FROM scim_group_members m JOIN scim_groups g ON g.id = m.group_id "
        + "WHERE m.member_id IN (" + ChunkList + ") ORDER BY g.seq",
        ChunkNames);

    private readonly SqlStatement ids = new(connection, "SELECT member_id FROM scim_group_members WHERE group_id = @group ORDER BY seq", "group");

    private readonly SqlStatement contains = new(
        connection, "SELECT COUNT(*) FROM scim_group_members WHERE group_id = @group AND member_id = @member", "group", "member");

    private readonly SqlStatement insert = new(
        connection, "INSERT INTO scim_group_members (group_id, member_id, is_group) VALUES (@group, @member, @isGroup)", "group", "member", "isGroup");

    private readonly SqlStatement delete = new(
        connection, "DELETE FROM scim_group_members WHERE group_id = @group AND member_id = @member", "group", "member");

    private readonly SqlStatement deleteAllOf = new(connection, "DELETE FROM scim_group_members WHERE group_id = @group", "group");

    private readonly SqlStatement deleteEverywhere = new(connection, "DELETE FROM scim_group_members WHERE member_id = @member", "member");

    /// <summary>The members of several groups, in the order in which they were added.</summary>
    public List<MemberRecord> Of(IReadOnlyList<string> groupIds) => InChunks(membersOf, groupIds, MapMember);

    /// <summary>The groups that several users or groups are members of directly.</summary>
    public List<GroupOfMember> GroupsOf(IReadOnlyList<string> memberIds) => InChunks(groupsOf, memberIds, MapGroup);

    public List<string> Ids(string groupId) => ids.All(row => row.GetString(0), groupId);

    public bool Contains(string groupId, string memberId) => contains.Count(groupId, memberId) > 0;

    public void Add(string groupId, string memberId, bool isGroup) => insert.Execute(groupId, memberId, SqlValues.Of(isGroup));

    public void Remove(string groupId, string memberId) => delete.Execute(groupId, memberId);

    public void RemoveAllOf(string groupId) => deleteAllOf.Execute(groupId);

    /// <summary>Takes a user or a group out of every group.</summary>
    public void RemoveEverywhere(string memberId) => deleteEverywhere.Execute(memberId);

    public void Dispose()
    {
        foreach (var statement in (SqlStatement[])[membersOf, groupsOf, ids, contains, insert, delete, deleteAllOf, deleteEverywhere])
        {
            statement.Dispose();
        }
    }

    private static List<T> InChunks<T>(SqlStatement statement, IReadOnlyList<string> ids, Func<DbDataReader, T> map)
    {
        var found = new List<T>();
        foreach (var chunk in ids.Chunk(Chunk))
        {
            found.AddRange(statement.All(map, [.. chunk, .. Enumerable.Repeat(chunk[^1], Chunk - chunk.Length)]));
        }

        return found;
    }

    private static MemberRecord MapMember(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2) != 0, row.Text(3));

    private static GroupOfMember MapGroup(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2));
}

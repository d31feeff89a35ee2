using System.Data.Common;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Storage;

/// <summary>The audit log. Rows are only ever added.</summary>
internal sealed class AuditTable(DbConnection connection) : IDisposable
{
    private const string Select = "SELECT seq, at, actor, action, target_type, target_id, before, after FROM audit_events ";

    private readonly SqlStatement insert = new(
        connection,
        "INSERT INTO audit_events (at, actor, action, target_type, target_id, before, after) "
        + "VALUES (@at, @actor, @action, @type, @id, @before, @after)",
        "at", "actor", "action", "type", "id", "before", "after");

    private readonly SqlStatement page = Paged(connection, "");
    private readonly SqlStatement pageByActor = Paged(connection, "actor = @actor AND ", "actor");
    private readonly SqlStatement pageByAction = Paged(connection, "action = @action AND ", "action");
    private readonly SqlStatement pageByBoth = Paged(connection, "actor = @actor AND action = @action AND ", "actor", "action");

    public void Append(
        DateTimeOffset at, string actor, string action, string targetType, string targetId, string? before, string? after) =>
        insert.Execute(SqlValues.Of(at), actor, action, targetType, targetId, before, after);

    /// <summary>Events in the order they happened, after the one at <paramref name="after"/>.</summary>
    public List<AuditRecord> Page(string? actor, string? action, long after, int limit) => (actor, action) switch
    {
        (null, null) => page.All(Map, after, limit),
        (_, null) => pageByActor.All(Map, after, limit, actor),
        (null, _) => pageByAction.All(Map, after, limit, action),
        _ => pageByBoth.All(Map, after, limit, actor, action),
    };

    public void Dispose()
    {
        foreach (var statement in (SqlStatement[])[insert, page, pageByActor, pageByAction, pageByBoth])
        {
            statement.Dispose();
        }
    }

    private static SqlStatement Paged(DbConnection connection, string condition, params string[] names) =>
        new(connection, Select + "WHERE " + condition + "seq > @after ORDER BY seq LIMIT @limit", ["after", "limit", .. names]);

    private static AuditRecord Map(DbDataReader row) => new(
        row.GetInt64(0), row.Time(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.Text(6), row.Text(7));
}

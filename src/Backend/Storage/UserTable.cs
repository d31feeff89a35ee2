using System.Data.Common;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Storage;

/// <summary>Users. <c>email_key</c> is the lower-cased email: the unique index and the look-ups go by it on every store alike.</summary>
internal sealed class UserTable(DbConnection connection) : IDisposable
{
    private const string Select =
        "SELECT seq, id, email, display_name, user_type, active, external_id, attributes, version, created_at, updated_at FROM users ";

    private readonly ShapedStatements shapes = new(connection);
    private readonly EmailTable emails = new(connection);
    private readonly SqlStatement find = new(connection, Select + "WHERE id = @id", "id");
    private readonly SqlStatement findByEmail = new(connection, Select + "WHERE email_key = @key", "key");
    private readonly SqlStatement page = new(connection, Select + "WHERE seq > @after ORDER BY seq LIMIT @limit", "after", "limit");
    private readonly SqlStatement count = new(connection, "SELECT COUNT(*) FROM users");
    private readonly SqlStatement delete = new(connection, "DELETE FROM users WHERE id = @id", "id");

    private readonly SqlStatement countActiveAdmins = new(
        connection, "SELECT COUNT(*) FROM users WHERE user_type = 'Admin' AND active = 1");

    private readonly SqlStatement insert = new(
        connection,
        "INSERT INTO users (id, email, email_key, display_name, user_type, active, external_id, attributes, version, created_at, updated_at) "
        + "VALUES (@id, @email, @key, @name, @type, @active, @external, @attributes, @version, @created, @updated) RETURNING seq",
        "id", "email", "key", "name", "type", "active", "external", "attributes", "version", "created", "updated");

    private readonly SqlStatement update = new(
        connection,
        "UPDATE users SET email = @email, email_key = @key, display_name = @name, user_type = @type, active = @active, "
        + "external_id = @external, attributes = @attributes, version = @version, updated_at = @updated WHERE id = @id",
        "email", "key", "name", "type", "active", "external", "attributes", "version", "updated", "id");

    /// <summary>The form in which emails are compared.</summary>
    public static string Key(string email) => email.ToLowerInvariant();

    public UserRecord? Find(string id) => find.One(Map, id);

    public UserRecord? FindByEmail(string email) => findByEmail.One(Map, Key(email));

    /// <summary>Users in creation order, after the one at <paramref name="after"/>.</summary>
    public List<UserRecord> Page(long after, int limit) => page.All(Map, after, limit);

    public long Count() => count.Count();

    public long CountActiveAdmins() => countActiveAdmins.Count();

    /// <summary>Users that a condition selects, in creation order.</summary>
    /// <param name="where">A condition put together from this project's constants, values as @p0, @p1, …</param>
    public List<UserRecord> Where(string where, IReadOnlyList<object> values, long offset, long limit) => shapes
        .Get(Select + "WHERE " + where + " ORDER BY seq LIMIT @limit OFFSET @offset", values.Count, "limit", "offset")
        .All(Map, [.. values, limit, offset]);

    public long CountWhere(string where, IReadOnlyList<object> values) =>
        shapes.Get("SELECT COUNT(*) FROM users WHERE " + where, values.Count).Count([.. values]);

    public void Insert(UserRecord user)
    {
        var seq = insert.Count(
            user.Id, user.Email, Key(user.Email), user.DisplayName, Names.Of(user.Type), SqlValues.Of(user.Active), user.ExternalId, user.Attributes,
            user.Version, SqlValues.Of(user.CreatedAt), SqlValues.Of(user.UpdatedAt));
        emails.Add(seq, user.Attributes);
    }

    /// <param name="attributesBefore">The attributes that are stored now.</param>
    public void Update(UserRecord user, string? attributesBefore)
    {
        update.Execute(
            user.Email, Key(user.Email), user.DisplayName, Names.Of(user.Type), SqlValues.Of(user.Active), user.ExternalId, user.Attributes,
            user.Version, SqlValues.Of(user.UpdatedAt), user.Id);
        if (user.Attributes != attributesBefore)
        {
            emails.Remove(user.Seq);
            emails.Add(user.Seq, user.Attributes);
        }
    }

    public void Delete(UserRecord user)
    {
        emails.Remove(user.Seq);
        delete.Execute(user.Id);
    }

    public void Dispose()
    {
        foreach (var statement in (IDisposable[])[find, findByEmail, page, count, delete, countActiveAdmins, insert, update, shapes, emails])
        {
            statement.Dispose();
        }
    }

    private static UserRecord Map(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.Text(3),
        Names.TryParse(row.GetString(4), StringComparison.Ordinal, out var type)
            ? type
            : throw new InvalidDataException($"User {row.GetString(1)} has an unknown type in the store."),
        row.GetInt64(5) != 0,
        row.Text(6),
        row.Text(7),
        row.GetInt64(8),
        row.Time(9),
        row.Time(10));
}

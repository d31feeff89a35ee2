using System.Data.Common;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Storage;

/// <summary>SCIM tokens. A deleted token has no row; an expired one keeps its row, so that people see why an IdP fails.</summary>
internal sealed class TokenTable(DbConnection connection) : IDisposable
{
    private const string Select =
        "SELECT seq, id, owner_id, description, reference, last_four, created_at, expires_at, last_used_at FROM scim_tokens ";

    private const string Live = "(expires_at IS NULL OR expires_at > @now)";

    private readonly SqlStatement find = new(connection, Select + "WHERE id = @id", "id");
    private readonly SqlStatement allOf = new(connection, Select + "WHERE owner_id = @owner ORDER BY seq", "owner");
    private readonly SqlStatement liveOf = new(connection, Select + "WHERE owner_id = @owner AND " + Live + " ORDER BY seq", "owner", "now");
    private readonly SqlStatement byReference = new(connection, Select + "WHERE reference = @reference AND " + Live, "reference", "now");
    private readonly SqlStatement count = new(connection, "SELECT COUNT(*) FROM scim_tokens");
    private readonly SqlStatement countLive = new(connection, "SELECT COUNT(*) FROM scim_tokens WHERE " + Live, "now");
    // Two ends of one index, each read up to the limit: a great many tokens, expired or not, cost no more than a few.
    private readonly SqlStatement countLiveUpTo = new(
        connection,
        "SELECT COUNT(*) FROM (SELECT * FROM (SELECT seq FROM scim_tokens WHERE expires_at IS NULL LIMIT @limit) AS unlimited "
        + "UNION ALL SELECT * FROM (SELECT seq FROM scim_tokens WHERE expires_at > @now LIMIT @limit) AS limited) AS live",
        "now", "limit");

    private readonly SqlStatement delete = new(connection, "DELETE FROM scim_tokens WHERE id = @id", "id");

    // One statement for each set of conditions, so that each can use its index.
    private readonly SqlStatement page = Paged(connection, "");
    private readonly SqlStatement pageByOwner = Paged(connection, "owner_id = @owner AND ", "owner");
    private readonly SqlStatement pageByReference = Paged(connection, "reference = @reference AND ", "reference");
    private readonly SqlStatement pageByBoth = Paged(connection, "owner_id = @owner AND reference = @reference AND ", "owner", "reference");

    private readonly SqlStatement byHash = new(
        connection,
        "SELECT t.id, t.owner_id, t.expires_at, u.user_type, u.active, a.plan FROM scim_tokens t "
        + "JOIN users u ON u.id = t.owner_id CROSS JOIN account a WHERE t.hash = @hash",
        "hash");

    private readonly SqlStatement insert = new(
        connection,
        "INSERT INTO scim_tokens (id, hash, owner_id, description, reference, last_four, created_at, expires_at) "
        + "VALUES (@id, @hash, @owner, @description, @reference, @four, @created, @expires)",
        "id", "hash", "owner", "description", "reference", "four", "created", "expires");

    private readonly SqlStatement setLastUsed = new(
        connection,
        "UPDATE scim_tokens SET last_used_at = @at WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @at)",
        "at", "id");

    public TokenRecord? Find(string id) => find.One(Map, id);

    /// <summary>The token with this hash, its owner's state and the account's plan. The hash is of 256 random bits: finding it by index tells nothing to who doesn't have it.</summary>
    public TokenHolder? FindByHash(byte[] hash) => byHash.One(MapHolder, hash);

    public List<TokenRecord> AllOf(string ownerId) => allOf.All(Map, ownerId);

    public List<TokenRecord> LiveOf(string ownerId, DateTimeOffset now) => liveOf.All(Map, ownerId, SqlValues.Of(now));

    public TokenRecord? FindLiveByReference(string reference, DateTimeOffset now) => byReference.One(Map, reference, SqlValues.Of(now));

    public long Count() => count.Count();

    public long CountLive(DateTimeOffset now) => countLive.Count(SqlValues.Of(now));

    /// <summary>Whether there are as many live tokens as <paramref name="limit"/>, or more; reads no more of them than that.</summary>
    public bool HasLive(int limit, DateTimeOffset now) => countLiveUpTo.Count(SqlValues.Of(now), (long)limit) >= limit;

    /// <summary>Tokens in creation order, after the one at <paramref name="after"/>.</summary>
    public List<TokenRecord> Page(string? ownerId, string? reference, long after, int limit) => (ownerId, reference) switch
    {
        (null, null) => page.All(Map, after, limit),
        (_, null) => pageByOwner.All(Map, after, limit, ownerId),
        (null, _) => pageByReference.All(Map, after, limit, reference),
        _ => pageByBoth.All(Map, after, limit, ownerId, reference),
    };

    public void Insert(TokenRecord token, byte[] hash) => insert.Execute(
        token.Id, hash, token.OwnerId, token.Description, token.Reference, token.LastFour,
        SqlValues.Of(token.CreatedAt), SqlValues.Of(token.ExpiresAt));

    public void Delete(string id) => delete.Execute(id);

    /// <summary>Moves the last use forward; never back.</summary>
    public void SetLastUsed(string id, DateTimeOffset at) => setLastUsed.Execute(SqlValues.Of(at), id);

    public void Dispose()
    {
        foreach (var statement in (SqlStatement[])[
            find, allOf, liveOf, byReference, count, countLive, countLiveUpTo, delete, page, pageByOwner, pageByReference, pageByBoth, byHash, insert, setLastUsed])
        {
            statement.Dispose();
        }
    }

    private static SqlStatement Paged(DbConnection connection, string condition, params string[] names) =>
        new(connection, Select + "WHERE " + condition + "seq > @after ORDER BY seq LIMIT @limit", ["after", "limit", .. names]);

    private static TokenRecord Map(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.Text(4),
        row.GetString(5),
        row.Time(6),
        row.OptionalTime(7),
        row.OptionalTime(8));

    private static TokenHolder MapHolder(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.OptionalTime(2),
        Names.TryParse(row.GetString(3), StringComparison.Ordinal, out var type) ? type : UserType.Guest,
        row.GetInt64(4) != 0,
        Names.TryParse(row.GetString(5), out Plan plan) ? plan : Plan.Free);
}

using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>Finds the users that a filter selects, one page of them, in creation order.</summary>
/// <param name="Total">How many match in all.</param>
internal sealed record ScimSearch(long Total, IReadOnlyList<UserRecord> Users)
{
    private const int ScanPage = 1000;

    /// <param name="filter">Null selects everybody.</param>
    /// <param name="start">1-based position of the first user returned.</param>
    /// <param name="count">How many to return; 0 only counts.</param>
    public static ScimSearch Run(StoreSession session, FilterExpression? filter, long start, int count, string scimUrl)
    {
        var sql = filter is null ? null : UserFilterSql.Of(filter);
        if (filter is null || sql!.Exact)
        {
            var (where, values) = sql is null ? ("1 = 1", (IReadOnlyList<object>)[]) : (sql.Where, sql.Values);
            var total = session.Users.CountWhere(where, values);
            return new ScimSearch(total, count == 0 ? [] : session.Users.Where(where, values, start - 1, count));
        }

        return Scan(session, sql, user => FilterEvaluator.Matches(ScimUsers.Resource(user, scimUrl), filter), start, count);
    }

    private static ScimSearch Scan(StoreSession session, UserFilterSql sql, Func<UserRecord, bool> matches, long start, int count)
    {
        var found = new List<UserRecord>();
        var total = 0L;
        var where = $"{sql.Where} AND seq > @p{sql.Values.Count}";
        var after = 0L;
        while (true)
        {
            var rows = session.Users.Where(where, [.. sql.Values, after], 0, ScanPage);
            foreach (var user in rows.Where(matches))
            {
                total++;
                if (total >= start && found.Count < count)
                {
                    found.Add(user);
                }
            }

            if (rows.Count < ScanPage)
            {
                return new ScimSearch(total, found);
            }

            after = rows[^1].Seq;
        }
    }

    /// <summary>The answer (RFC 7644, section 3.4.2).</summary>
    public static JsonObject Response(long total, long start, IEnumerable<JsonObject> resources)
    {
        var list = new JsonArray([.. resources]);
        return new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
            ["totalResults"] = total,
            ["startIndex"] = start,
            ["itemsPerPage"] = list.Count,
            ["Resources"] = list,
        };
    }
}

using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// Finds resources of one or several kinds: one kind after the other, each in creation order, unless sorted. What the
/// store can decide it decides; the rest of a filter is evaluated on what it selects.
/// </summary>
internal sealed class ResourceSearch(StoreSession session, IReadOnlyList<IScimResource> kinds, ScimQuery query, string scimUrl, DateTimeOffset now)
{
    private const int ScanPage = 1000;

    // A sort holds one key of each match in memory.
    private const int MaxSorted = 250_000;

    private readonly ResourceView view = new(
        scimUrl, name => query.Projection.Shows(name) || query.Filter?.Mentions(name) == true || query.SortBy?.IsOf(name) == true);

    private string Signature => query.Signature + "\n" + string.Join(',', kinds.Select(k => k.Type.Name));

    /// <exception cref="Accounts.RefusedException">invalidValue, invalidCursor, expiredCursor, tooMany.</exception>
    public SearchResult Run()
    {
        if (query.SortBy is { } sort && kinds.All(k => k.Type.Resolve(sort) is null))
        {
            throw ScimQuery.UnknownSort(sort.ToString());
        }

        var cursor = query.Cursor switch
        {
            null => null,
            "" => SearchCursor.First(now),
            var text => SearchCursor.Decode(text, Signature, now),
        };
        if (query.SortBy is { } path)
        {
            return Sorted(path, cursor);
        }

        return cursor is null ? Indexed() : Forward(cursor);
    }

    private SearchResult Indexed()
    {
        var (total, page) = (0L, new List<SearchHit>());
        foreach (var kind in kinds)
        {
            var condition = kind.Compile(query.Filter);
            if (condition.Exact)
            {
                var (count, offset) = (kind.Count(session, condition), Math.Max(0, query.Start - 1 - total));
                if (page.Count < query.Count && offset < count)
                {
                    page.AddRange(kind.Find(session, condition, offset, query.Count - page.Count, view));
                }

                total += count;
                continue;
            }

            foreach (var hit in Matches(kind, condition, 0, ScanPage))
            {
                total++;
                if (total >= query.Start && page.Count < query.Count)
                {
                    page.Add(hit);
                }
            }
        }

        return new SearchResult(total, query.Start, page, null);
    }

    private SearchResult Forward(SearchCursor from)
    {
        var page = new List<SearchHit>();
        SearchCursor? next = null;
        for (var i = from.Kind; i < kinds.Count && next is null; i++)
        {
            var after = i == from.Kind ? from.After : 0;
            foreach (var hit in Matches(kinds[i], kinds[i].Compile(query.Filter), after, query.Count + 1))
            {
                if (page.Count == query.Count)
                {
                    next = After(page[^1]);
                    break;
                }

                page.Add(hit);
            }
        }

        return new SearchResult(kinds.Sum(Count), null, page, next?.Encode(Signature));
    }

    private SearchCursor After(SearchHit last) => new((byte)kinds.Index().First(k => k.Item == last.Kind).Index, last.Seq, now);

    private long Count(IScimResource kind)
    {
        var condition = kind.Compile(query.Filter);
        return condition.Exact ? kind.Count(session, condition) : Matches(kind, condition, 0, ScanPage).LongCount();
    }

    private SearchResult Sorted(AttributePath path, SearchCursor? cursor)
    {
        var keys = new List<(string? Key, IScimResource Kind, long Seq)>();
        foreach (var hit in kinds.SelectMany(k => Matches(k, k.Compile(query.Filter), 0, ScanPage)))
        {
            if (keys.Count == MaxSorted)
            {
                throw ScimErrors.TooMany($"More than {MaxSorted} resources match, which is too many to sort: narrow the filter, or page without sortBy.");
            }

            keys.Add((SortKey.Of(hit.Resource, path, hit.Kind.Type), hit.Kind, hit.Seq));
        }

        // Both are stable: what is equal stays in creation order.
        var ordered = query.Descending ? keys.OrderByDescending(k => k.Key, SortKey.Order) : keys.OrderBy(k => k.Key, SortKey.Order);
        var skip = cursor?.After ?? query.Start - 1;
        var hits = ordered.Skip((int)Math.Min(skip, keys.Count)).Take(query.Count).Select(k => Load(k.Kind, k.Seq)).ToList();
        var next = cursor is not null && skip + hits.Count < keys.Count ? new SearchCursor(0, skip + hits.Count, now).Encode(Signature) : null;
        return new SearchResult(keys.Count, cursor is null ? query.Start : null, hits, next);
    }

    private SearchHit Load(IScimResource kind, long seq) => kind.Find(session, new SqlCondition("seq = @p0", [seq], true), 0, 1, view)[0];

    private IEnumerable<SearchHit> Matches(IScimResource kind, SqlCondition condition, long after, int pageSize)
    {
        var where = $"({condition.Where}) AND seq > @p{condition.Values.Count}";
        while (true)
        {
            var rows = kind.Find(session, condition with { Where = where, Values = [.. condition.Values, after] }, 0, pageSize, view);
            foreach (var hit in rows.Where(h => condition.Exact || FilterEvaluator.Matches(h.Resource, query.Filter!, kind.Type)))
            {
                yield return hit;
            }

            if (rows.Count < pageSize)
            {
                yield break;
            }

            after = rows[^1].Seq;
        }
    }
}

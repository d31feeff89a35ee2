using System.Globalization;

namespace ScimOperator.Drivers.Scim;

/// <summary>
/// Reads all users, page by page (RFC 7644, section 3.4.2.4). What comes counts, not what was asked for or announced:
/// pages may be shorter, come twice or not at all, totalResults may be wrong, and startIndex may be ignored.
/// </summary>
internal sealed class ScimListing(ScimClient client, ScimUsers users)
{
    private const int MostPages = 10_000;
    private const string Call = "GET /Users";

    /// <summary>
    /// Whether totalResults was right once when it announced more than its page showed: then lists end where it says, without a
    /// look beyond. One that only ever repeats the size of the page proves nothing.
    /// </summary>
    private volatile bool totalsHold;

    internal async Task<IReadOnlyList<BackendUser>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, BackendUser>(StringComparer.Ordinal);
        var (start, asked, announced) = (1, 1, false);
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await PageAsync(start, count, cancellationToken);
            var before = found.Count;
            foreach (var user in page.Users)
            {
                found[user.Id] = user;
            }

            announced |= page.Total > start - 1 + page.Users.Count;
            if (found.Count > before)
            {
                (start, asked) = (start + page.Users.Count, 1);
                if (totalsHold && found.Count >= page.Total)
                {
                    return [.. found.Values];
                }
            }
            else if (EndsHere(page, found.Count, asked++))
            {
                totalsHold |= announced && page.Total == found.Count;
                return [.. found.Values];
            }
        }

        throw ScimProblems.Invalid(Call, $"the list does not end within {MostPages} pages");
    }

    /// <summary>One page; also without paging, as an answer to a filter.</summary>
    internal async Task<ScimPage> PageAsync(string query, CancellationToken cancellationToken) =>
        Read(await client.GetAsync($"Users?{query}", cancellationToken));

    internal ScimPage Read(ScimAnswer answer)
    {
        var body = ScimJson.Parse(answer);
        var resources = ScimJson.List(body, "Resources", answer.Call)
            .Select(r => r as System.Text.Json.Nodes.JsonObject ?? throw ScimProblems.Invalid(answer.Call, "a resource in the list is no object"));
        var total = ScimJson.Number(body, "totalResults", answer.Call);
        if (total is null && ScimJson.Get(body, "Resources") is null)
        {
            throw ScimProblems.Invalid(answer.Call, "it is no list: it has neither Resources nor totalResults");
        }

        return new ScimPage([.. resources.Select(r => users.Read(r, answer.Call, etag: null))], total);
    }

    private Task<ScimPage> PageAsync(int start, int count, CancellationToken cancellationToken) =>
        PageAsync(string.Create(CultureInfo.InvariantCulture, $"startIndex={start}&count={count}"), cancellationToken);

    /// <summary>Judges a page that brought nothing new. One may come empty or repeated by accident: it is asked for once more.</summary>
    private static bool EndsHere(ScimPage page, int found, int asked)
    {
        if (page.Total is not { } total || found >= total)
        {
            return true;
        }

        if (asked == 1)
        {
            return false;
        }

        // An end that comes early is believed, since some count users that they don't show. A list that repeats itself has no end.
        return (page.Users.Count == 0 && found > 0)
            ? true
            : throw ScimProblems.Invalid(Call, found == 0
                ? $"totalResults is {total}, and no user is shown"
                : $"startIndex is ignored: the same users come again, {found} of {total}");
    }
}

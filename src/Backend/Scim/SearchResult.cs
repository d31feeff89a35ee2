using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Scim;

/// <summary>One page of a search.</summary>
/// <param name="Total">How many match in all.</param>
/// <param name="Start">1-based position of the first one; null when paging by cursor.</param>
/// <param name="NextCursor">Where the next page begins; null on the last page, and when paging by index.</param>
internal sealed record SearchResult(long Total, long? Start, IReadOnlyList<SearchHit> Hits, string? NextCursor)
{
    /// <summary>The answer (RFC 7644, section 3.4.2).</summary>
    public JsonObject Response(Projection projection) => List(Total, Start, Hits.Select(h => projection.Apply(h.Resource, h.Kind.Type)), NextCursor);

    /// <summary>A list of all there is.</summary>
    public static JsonObject All(IReadOnlyList<JsonObject> resources) => List(resources.Count, 1, resources, null);

    private static JsonObject List(long total, long? start, IEnumerable<JsonObject> resources, string? nextCursor)
    {
        var list = new JsonArray([.. resources]);
        var response = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
            ["totalResults"] = total,
        };
        if (start is { } first)
        {
            response["startIndex"] = first;
        }

        response["itemsPerPage"] = list.Count;
        if (nextCursor is not null)
        {
            response["nextCursor"] = nextCursor;
        }

        response["Resources"] = list;
        return response;
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScimOperator.Backend.Filtering;

namespace ScimOperator.Backend.Scim;

/// <summary>What a search asks for, in the query of a GET or in the body of a POST to <c>/.search</c> (RFC 7644, sections 3.4.2 and 3.4.3; RFC 9865).</summary>
internal sealed record ScimQuery
{
    public const int MaxResults = 1000;
    public const int DefaultResults = 100;

    private ScimQuery()
    {
    }

    public FilterExpression? Filter { get; private init; }

    public AttributePath? SortBy { get; private init; }

    public bool Descending { get; private init; }

    /// <summary>1-based position of the first resource.</summary>
    public long Start { get; private init; }

    /// <summary>How many resources at most; 0 only counts.</summary>
    public int Count { get; private init; }

    /// <summary>Empty begins paging by cursor; null pages by index.</summary>
    public string? Cursor { get; private init; }

    public required Projection Projection { get; init; }

    /// <summary>What must stay the same from page to page.</summary>
    public required string Signature { get; init; }

    /// <exception cref="Accounts.RefusedException">invalidFilter, invalidValue, invalidCount.</exception>
    public static ScimQuery Of(HttpContext context) => Read(name => context.Request.Query.TryGetValue(name, out var text) ? text.ToString() : null);

    /// <exception cref="Accounts.RefusedException">invalidFilter, invalidValue, invalidCount, invalidSyntax.</exception>
    public static ScimQuery Of(JsonObject message) => Read(name => Text(name, Canonicalizer.Find(message, name)));

    private static ScimQuery Read(Func<string, string?> value)
    {
        var (filter, sortBy, order, cursor) = (value("filter"), value("sortBy"), value("sortOrder"), value("cursor"));
        if (cursor is not null && value("startIndex") is not null)
        {
            throw ScimErrors.InvalidValue("cursor", "The parameters cursor and startIndex exclude each other: page by one of them.");
        }

        return new ScimQuery
        {
            Filter = string.IsNullOrEmpty(filter) ? null : FilterParser.Parse(filter),
            SortBy = string.IsNullOrEmpty(sortBy) ? null : AttributePath.Parse(sortBy) ?? throw UnknownSort(sortBy),
            Descending = IsDescending(order),
            Start = Math.Max(1, Number("startIndex", value("startIndex"), 1)),
            Count = CountOf(value("count"), cursor is not null),
            Cursor = cursor,
            Projection = Projection.Parse(value("attributes"), value("excludedAttributes")),
            Signature = string.Join('\n', filter, sortBy, order),
        };
    }

    /// <summary>No schema in question has the attribute to sort by.</summary>
    public static Accounts.RefusedException UnknownSort(string name) =>
        ScimErrors.InvalidValue("sortBy", $"The parameter sortBy names no attribute: \"{name}\".");

    private static bool IsDescending(string? order)
    {
        if (string.IsNullOrEmpty(order) || order.Equals("ascending", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return order.Equals("descending", StringComparison.OrdinalIgnoreCase)
            ? true
            : throw ScimErrors.InvalidValue("sortOrder", "The parameter sortOrder must be ascending or descending.");
    }

    private static int CountOf(string? text, bool byCursor)
    {
        var count = Number("count", text, DefaultResults);
        if (byCursor && count < 1)
        {
            throw ScimErrors.InvalidCount($"The parameter count must be 1 to {MaxResults} when paging by cursor.");
        }

        return (int)Math.Clamp(count, 0, MaxResults);
    }

    private static long Number(string name, string? text, long otherwise)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ScimErrors.InvalidValue(name, $"The parameter {name} must be a whole number.");
    }

    private static string? Text(string name, JsonNode? node) => node switch
    {
        null => null,
        JsonArray list => string.Join(',', list.Select(e => Text(name, e))),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
        _ => throw ScimErrors.InvalidValue(name, $"The parameter {name} has a value of the wrong kind."),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;

namespace ScimOperator.Backend.Tests;

/// <summary>What the fuzz tests make: text that is nearly a filter, a path, a body, and now and then is one.</summary>
internal static class ScimFuzz
{
    /// <summary>How often each test tries; FUZZ_ITERATIONS makes it longer.</summary>
    public static readonly long Iterations =
        long.TryParse(Environment.GetEnvironmentVariable("FUZZ_ITERATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 3_000;

    /// <summary>How often a test tries that sends a request each time.</summary>
    public static readonly long Requests = Math.Max(150, Iterations / 20);

    private static readonly string[] Attributes =
    [
        "userName", "USERNAME", "externalId", "id", "active", "userType", "title", "displayName", "name", "name.givenName", "emails", "emails.value", "emails.type", "emails.primary", "groups", "groups.value",
        "members", "members.value", "members.display", "meta.created", "meta.resourceType", "schemas", "password", "unheardOf", "a.b.c", "x509Certificates", "addresses.country", ScimWorld.Enterprise,
        ScimWorld.Enterprise + ":department", ScimWorld.Enterprise + ":manager", ScimWorld.Enterprise + ":manager.value", "urn:ietf:params:scim:schemas:core:2.0:User:title", "urn:ietf:params:scim:schemas:core:2.0:Group",
    ];

    private static readonly string[] Values =
    [
        "\"alice@acme.test\"", "\"a\"", "\"\"", "\"T\"", "\"work\"", "\"Admin\"", "\"2026-08-01T12:00:00Z\"", "\"%_\\\\\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\uFFFD\"", "\"ü\"", "\"İ\"", "\"😀\"",
        "true", "false", "\"True\"", "null", "0", "-1", "1.5", "1e9", "1e999", "01", "\"unended", "'x'",
    ];

    private static readonly string[] Operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "EQ", "Co", "xx", "e", ""];

    private static readonly string[] Junk = ["(", ")", "[", "]", ".", ":", "\"", "\\", " ", "\t", "\n", "\0", "and", "or", "not", "pr", "urn:", "$ref", "]]", "[[", "é", "\u2028", "😀", "%"];

    /// <summary>Mostly filters, some of them broken.</summary>
    public static readonly Gen<string> Filters = Gen.Recursive<string>((depth, inner) => depth > 3 ? Term : Gen.Frequency(
        (4, Term),
        (2, Gen.Select(inner, One("and", "or", "AND"), inner, (l, o, r) => $"{l} {o} {r}")),
        (1, inner.Select(i => $"({i})")),
        (1, inner.Select(i => $"not ({i})")),
        (1, Gen.Select(One(Attributes), inner, (a, i) => $"{a}[{i}]")),
        (1, Gen.Select(One(Attributes), inner, Compare, (a, i, c) => $"{a}[{i}].{c}")),
        (1, Damaged(inner))));

    /// <summary>Mostly patch paths, some of them broken.</summary>
    public static readonly Gen<string> Paths = Gen.Frequency(
        (4, One(Attributes)),
        (2, Gen.Select(One(Attributes), Filters, (a, f) => $"{a}[{f}]")),
        (2, Gen.Select(One(Attributes), Filters, One("value", "type", "primary", "display", "x"), (a, f, s) => $"{a}[{f}].{s}")),
        (1, Damaged(Filters)));

    /// <summary>JSON of any kind, with the names that the service looks for.</summary>
    public static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>((depth, inner) => depth > 3 ? Scalars : Gen.Frequency(
        (5, Scalars),
        (1, inner.Array[0, 4].Select(a => (JsonNode?)new JsonArray([.. a.Select(v => v?.DeepClone())]))),
        (2, Gen.Select(Names, inner).Array[0, 5].Select(Object))));

    /// <summary>Lists of patch operations.</summary>
    public static readonly Gen<JsonObject> Patches = Gen.Select(
        One("add", "replace", "remove", "Add", "REPLACE", "Remove", "move", ""), Gen.Bool, Paths, Json,
        (op, hasPath, path, value) => hasPath ? new JsonObject { ["op"] = op, ["path"] = path, ["value"] = value?.DeepClone() } : new JsonObject { ["op"] = op, ["value"] = value?.DeepClone() })
        .Array[0, 6].Select(ops => new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"), ["Operations"] = new JsonArray([.. ops]) });

    public static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Text as it is, with pieces cut out, doubled or put in.</summary>
    public static Gen<string> Damaged(Gen<string> texts) => Gen.Select(texts, Gen.Int[0, 200], Gen.Int[0, 20], Gen.OneOf(One(Junk), Gen.String[0, 3]), (text, at, cut, junk) =>
    {
        at = Math.Min(at, text.Length);
        return text[..at] + junk + text[Math.Min(text.Length, at + cut)..];
    });

    private static Gen<string> Term => Gen.Frequency(
        (1, One(Attributes).Select(a => a + " pr")),
        (4, Gen.Select(One(Attributes), Compare, (a, c) => $"{a} {c[(c.IndexOf(' ', StringComparison.Ordinal) + 1)..]}")));

    private static Gen<string> Compare => Gen.Select(One("value", "type", "primary"), One(Operators), One(Values), (s, o, v) => $"{s} {o} {v}");

    private static Gen<string> Names => Gen.OneOf(
        One(Attributes),
        One("Operations", "op", "path", "value", "data", "method", "bulkId", "version", "failOnErrors", "filter", "count", "startIndex", "cursor", "sortBy", "attributes", "type", "primary", "$ref", "givenName"),
        Paths,
        Gen.String[0, 4]);

    private static Gen<JsonNode?> Scalars => Gen.OneOf(
        One("alice@acme.test", "T", "work", "True", "False", "Admin", "Member", "", "bulkId:a", "/Users", "/Groups/bulkId:a", "POST", "DELETE", "W/\"1\"", "ü", "\0", "x y").Select(s => (JsonNode?)JsonValue.Create(s)),
        Gen.String[0, 6].Select(s => (JsonNode?)JsonValue.Create(s)),
        Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Double.Where(double.IsFinite).Select(d => (JsonNode?)JsonValue.Create(d)),
        Gen.Int[-3, 2000].Select(i => (JsonNode?)JsonValue.Create(i)),
        Gen.Const((JsonNode?)null));

    private static JsonNode Object((string Name, JsonNode? Value)[] members)
    {
        var json = new JsonObject();
        foreach (var (name, value) in members)
        {
            json[name] = value?.DeepClone();
        }

        return json;
    }
}

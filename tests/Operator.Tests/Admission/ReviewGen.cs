using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace ScimOperator.Operator.Tests.Admission;

/// <summary>Generates AdmissionReviews: right ones for each webhook, then damaged in their structure and in their bytes.</summary>
internal static class ReviewGen
{
    private static readonly string[] Kinds = ["Account", "AccountUser", "ScimToken"];

    private static readonly string[] Fields =
    [
        "userType", "active", "email", "deletionPolicy", "accountRef", "ownerRef", "secret", "spec", "metadata", "status", "name", "namespace", "finalizers", "url", "driver", "rotation", "request", "uid", "kind", "operation", "object", "oldObject", "",
    ];

    /// <summary>What a damaged field may hold, as JSON.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "1", "-1", "1e999", "99999999999999999999", "0.5", "\"\"", "\"Admin\"", "\"Member\"", "\"member\"", "\"Guest\"", "\"Delete\"", "\"Deactivate\"", "\"Retain\"", "\"alice@acme.test\"", "\"ALICE@acme.test\"", "\"bob@acme.test\"",
        "\"alice\"", "\"acme\"", "\"AccountUser\"", "\"CREATE\"", "\"UPDATE\"", "\"DELETE\"", "\"CONNECT\"", "\"\\u0000\"", "\"é😀\"", "[]", "{}", "[null]", "[[[[[[1]]]]]]", "{\"name\":null}", "{\"name\":\"acme\"}", "{\"name\":[]}", "\"0s\"", "\"1h\"", "\"2026-01-01T00:00:00Z\"",
        "\"" + new string('x', 5000) + "\"",
    ];

    /// <summary>The same, and what a tree of JSON can't hold.</summary>
    private static readonly string[] Texts = [.. Values, "\"\\ud800\"", "tru", "{", "]", "\"\\x\""];

    private static readonly Gen<string> Users = Gen.Select(
        OneOf("alice", "bob", "mia", "nobody"),
        OneOf("Admin", "Member", "Viewer", "Guest"),
        OneOf("", ",\"active\":true", ",\"active\":false"),
        OneOf("", ",\"deletionPolicy\":\"Retain\"", ",\"deletionPolicy\":\"Deactivate\"", ",\"deletionPolicy\":\"Delete\""),
        (name, type, active, policy) => Object("AccountUser", name, $$"""{"accountRef":{"name":"acme"},"email":"{{name}}@acme.test","userType":"{{type}}"{{active}}{{policy}}}"""));

    private static readonly Gen<string> Tokens = Gen.Select(
        OneOf("okta", "entra"),
        OneOf("alice", "bob", "mia", "nobody"),
        OneOf("", ",\"rotation\":{\"overlap\":\"0s\",\"cutover\":\"Immediate\"}", ",\"deletionPolicy\":\"Retain\""),
        (name, owner, more) => Object("ScimToken", name, $$$"""{"accountRef":{"name":"acme"},"ownerRef":{"name":"{{{owner}}}"},"secret":{"name":"{{{name}}}"}{{{more}}}}"""));

    private static readonly Gen<string> Accounts = OneOf("http://acme.test", "http://acme.test/", "https://other.test")
        .Select(url => Object("Account", "acme", $$$"""{"url":"{{{url}}}","credentialsSecretRef":{"name":"a","key":"b"}}"""));

    /// <summary>A path of the operator's webhook server, and a review that fits it.</summary>
    internal static Gen<(string Path, string Review)> Valid { get; } =
        from kind in OneOf(Kinds)
        from mutating in Gen.Bool
        from operation in OneOf("CREATE", "UPDATE", "DELETE")
        from before in ObjectOf(kind)
        from after in ObjectOf(kind)
        select ($"/{(mutating ? "mutate" : "validate")}-scim-operator-io-v1alpha1-{kind.ToLowerInvariant()}", Review(kind, operation, before, after));

    /// <summary>The same, with up to four fields of the review damaged.</summary>
    internal static Gen<(string Path, string Review)> Damaged { get; } =
        from valid in Valid
        from damages in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 199], Gen.Int[0, Texts.Length - 1], Gen.Int[0, Fields.Length - 1]).Array[1, 4]
        select (valid.Path, damages.Aggregate(valid.Review, (review, damage) => Damage(review, damage)));

    /// <summary>The same, with single bytes altered, cut off or put in.</summary>
    internal static Gen<(string Path, byte[] Review)> Torn { get; } =
        from whole in Gen.OneOf(Valid, Damaged)
        from at in Gen.Int[0, 5000]
        from value in Gen.Byte
        from how in Gen.Int[0, 3]
        select (whole.Path, Tear(Encoding.UTF8.GetBytes(whole.Review), at, value, how));

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> ObjectOf(string kind) => kind switch
    {
        "Account" => Accounts,
        "AccountUser" => Users,
        _ => Tokens,
    };

    private static string Object(string kind, string name, string spec) =>
        $$$"""{"apiVersion":"scim-operator.io/v1alpha1","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}","namespace":"acme","uid":"uid-{{{name}}}","creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{{{spec}}}}""";

    private static string Review(string kind, string operation, string before, string after) => $$$"""
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1","kind":{"group":"scim-operator.io","version":"v1alpha1","kind":"{{{kind}}}"},
        "name":"x","namespace":"acme","operation":"{{{operation}}}","userInfo":{"username":"carol"},
        "object":{{{(operation == "DELETE" ? "null" : after)}}},"oldObject":{{{(operation == "CREATE" ? "null" : before)}}},"dryRun":false}}
        """;

    /// <summary>Replaces, removes, adds or doubles one field; a text that is no JSON any more stays as it is.</summary>
    private static string Damage(string review, (int How, int Where, int Value, int Field) damage)
    {
        if (damage.How == 3)
        {
            return Double(review, damage.Where, damage.Value);
        }

        if (Parse(review) is not JsonObject root)
        {
            return review;
        }

        var objects = Objects(root).ToList();
        var target = objects[damage.Where % objects.Count];
        var names = target.Select(field => field.Key).ToList();
        var name = damage.How == 2 || names.Count == 0 ? Fields[damage.Field] : names[damage.Where / objects.Count % names.Count];
        target.Remove(name);
        if (damage.How != 1)
        {
            target[name] = Parse(Values[damage.Value % Values.Length]);
        }

        return root.ToJsonString();
    }

    /// <summary>Writes one field a second time, with another value.</summary>
    private static string Double(string review, int where, int value)
    {
        var quotes = Fields.Where(field => field.Length > 0 && review.Contains($"\"{field}\":", StringComparison.Ordinal)).ToList();
        if (quotes.Count == 0)
        {
            return review;
        }

        var field = $"\"{quotes[where % quotes.Count]}\":";
        var at = review.IndexOf(field, StringComparison.Ordinal);
        return review.Insert(at, string.Create(CultureInfo.InvariantCulture, $"{field}{Texts[value]},"));
    }

    /// <summary>Null for what can't be altered as a tree: no JSON, or a name that stands twice in one object.</summary>
    private static JsonNode? Parse(string json)
    {
        try
        {
            var node = JsonNode.Parse(json);
            _ = Objects(node).Count();
            _ = node?.ToJsonString();
            return node;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject obj => obj.Select(field => field.Value).SelectMany(Objects).Prepend(obj),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };

    private static byte[] Tear(byte[] bytes, int at, byte value, int how)
    {
        at %= bytes.Length;
        return how switch
        {
            0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            1 => bytes[..at],
            2 => [.. bytes[..at], value, .. bytes[at..]],
            _ => [.. bytes[..at], .. bytes[(at + 1)..]],
        };
    }
}

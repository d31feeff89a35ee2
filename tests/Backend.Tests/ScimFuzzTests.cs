using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Patching;
using ScimOperator.Backend.Schemas;

namespace ScimOperator.Backend.Tests;

/// <summary>
/// Whatever comes in: an answer below 500, a well-formed SCIM error where it is one, and never the end of an admin who holds
/// a token. FUZZ_ITERATIONS makes it longer; CsCheck_Seed replays one.
/// </summary>
public sealed class ScimFuzzTests
{
    private static readonly string[] Keywords =
    [
        "invalidFilter", "tooMany", "uniqueness", "mutability", "invalidSyntax", "invalidPath", "noTarget", "invalidValue", "invalidVers", "sensitive", "invalidCursor", "expiredCursor", "invalidCount",
    ];

    private static readonly JsonObject Person = (JsonObject)JsonNode.Parse("""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"usr_1","userName":"alice@acme.test","externalId":"T","active":true,"userType":"Admin","title":"T","displayName":"a","name":{"givenName":"a"},
         "emails":[{"value":"a","type":"work","primary":true},{"value":"b"}],"groups":[{"value":"a"}],"meta":{"resourceType":"User","created":"2026-08-01T12:00:00.000Z"},
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"T","manager":{"value":"a"}}}
        """)!;

    [Fact]
    public void A_filter_is_read_and_decided_or_refused() => ScimFuzz.Filters.Sample(
        filter => Refuses("invalidFilter", () => FilterEvaluator.Matches(Person, FilterParser.Parse(filter), UserSchemas.Type)), iter: ScimFuzz.Iterations, threads: 1);

    [Fact]
    public void A_damaged_filter_is_read_or_refused() => ScimFuzz.Damaged(ScimFuzz.Filters).Sample(
        filter => Refuses("invalidFilter", () => FilterParser.Parse(filter)), iter: ScimFuzz.Iterations, threads: 1);

    [Fact]
    public void A_path_is_read_or_refused() => ScimFuzz.Damaged(ScimFuzz.Paths).Sample(
        path => Refuses("invalidPath", () => PatchPath.Parse(path, UserSchemas.Type)) && Refuses("invalidPath", () => PatchPath.Parse(path, GroupSchemas.Type)), iter: ScimFuzz.Iterations, threads: 1);

    [Fact]
    public void A_patch_gives_a_canonical_user_or_is_refused_and_leaves_what_it_was_given() => ScimFuzz.Patches.Sample(
        patch =>
        {
            var before = Scim.Canonicalizer.Canonical(Person, UserSchemas.Type);
            var text = before.ToJsonString();
            return Refuses(null, () =>
            {
                var after = new PatchApplier(UserSchemas.Type, null).Apply(before, PatchRequest.Read(patch));
                Assert.Equal(after.ToJsonString(), Scim.Canonicalizer.Canonical(after, UserSchemas.Type).ToJsonString());
            }) && before.ToJsonString() == text;
        },
        iter: ScimFuzz.Iterations,
        threads: 1);

    [Theory]
    [EveryStore]
    public async Task Any_query_is_answered_and_finds_what_the_filter_says(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync("b@x.test", $$$""","title":"T","externalId":"a","emails":[{"value":"a","type":"work","primary":true}],"{{{ScimWorld.Enterprise}}}":{"department":"T"}""");
        await scim.UserAsync("ü😀@x.test", ",\"displayName\":\"İ%_\",\"active\":false");
        await scim.GroupAsync("T", user);
        var all = new Dictionary<string, (ScimResourceType Type, JsonArray Resources)>
        {
            [ScimWorld.Users] = (UserSchemas.Type, (await scim.ListAsync(ScimWorld.Users))["Resources"]!.AsArray()),
            [ScimWorld.Groups] = (GroupSchemas.Type, (await scim.ListAsync(ScimWorld.Groups))["Resources"]!.AsArray()),
        };
        await ScimFuzz.Filters.SampleAsync(
            async filter =>
            {
                foreach (var (path, (type, resources)) in all)
                {
                    var reply = await scim.GetAsync(path + ScimWorld.Filter(filter));
                    Check(reply);
                    if (reply.Status != HttpStatusCode.OK)
                    {
                        continue;
                    }

                    var parsed = FilterParser.Parse(filter);
                    var expected = resources.Where(r => FilterEvaluator.Matches((JsonObject)r!, parsed, type)).Select(r => r!["id"]!.GetValue<string>());
                    Assert.Equal(expected, reply.Body!["Resources"]!.AsArray().Select(r => r!["id"]!.GetValue<string>()));
                }
            },
            iter: ScimFuzz.Requests,
            threads: 1);
    }

    [Theory]
    [EveryStore]
    public async Task Any_body_is_answered_and_no_token_dies(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (bob, group) = (await scim.Backend.BobAsync(), await scim.GroupAsync("T", await scim.Backend.BobAsync()));
        (string, string)[] targets =
        [
            ("POST", ScimWorld.Users), ("PUT", $"{ScimWorld.Users}/{bob}"), ("PATCH", $"{ScimWorld.Users}/{bob}"), ("POST", ScimWorld.Groups), ("PUT", $"{ScimWorld.Groups}/{group}"),
            ("PATCH", $"{ScimWorld.Groups}/{group}"), ("POST", "/scim/v2/Bulk"), ("POST", "/scim/v2/.search"), ("POST", $"{ScimWorld.Users}/.search"),
        ];
        var bodies = Gen.OneOf(
            ScimFuzz.Json.Select(j => j?.ToJsonString() ?? "null"),
            ScimFuzz.Patches.Select(p => p.ToJsonString()),
            ScimFuzz.Damaged(ScimFuzz.Patches.Select(p => p.ToJsonString())),
            Bulks(bob, group));
        await Gen.Select(ScimFuzz.One(targets), bodies).SampleAsync(
            async request => Check(await scim.SendAsync(request.Item1.Item1, request.Item1.Item2, request.Item2)),
            iter: ScimFuzz.Requests,
            threads: 1);
        var admin = (await scim.Backend.GetAsync("/api/v1/users/" + bob)).Expect(HttpStatusCode.OK);
        Assert.Equal("Admin", admin.String("userType"));
        Assert.True(admin.Body!["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Any_bytes_are_answered()
    {
        await using var scim = await ScimWorld.StartAsync();
        string[] paths = [ScimWorld.Users, ScimWorld.Groups, "/scim/v2/Bulk", "/scim/v2/.search"];
        await Gen.Select(ScimFuzz.One(paths), Gen.OneOf(Gen.Byte.Array[0, 60], Gen.String[0, 30].Select(Encoding.UTF8.GetBytes))).SampleAsync(
            async (path, bytes) =>
            {
                using var content = new ByteArrayContent(bytes);
                using var response = await scim.Client.PostAsync(new Uri(path, UriKind.Relative), content);
                Check(new Reply(response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()), "", response.Headers, response.Content.Headers.ContentType?.MediaType));
            },
            iter: ScimFuzz.Requests,
            threads: 1);
    }

    // The largest of what is let in, made to be as much work as it can be.
    [Fact]
    public async Task The_most_expensive_requests_are_answered_too()
    {
        await using var scim = await ScimWorld.StartAsync();
        var emails = string.Join(',', Enumerable.Range(0, 250).Select(i => $$"""{"value":"{{i}}"}"""));
        var user = $"{ScimWorld.Users}/{await scim.UserAsync("c@x.test", $",\"emails\":[{emails}]")}";
        var filter = string.Join(" or ", Enumerable.Repeat("value eq \\\"x\\\"", 250));
        Check(await scim.PatchAsync(user, string.Join(',', Enumerable.Repeat($$"""{"op":"remove","path":"emails[{{filter}}]"}""", 180))));
        Check(await scim.PatchAsync(user, string.Join(',', Enumerable.Repeat($$"""{"op":"add","path":"emails","value":[{"value":"0"}]}""", 1000))));
        Check(await scim.PatchAsync(user, $$"""{"op":"add","path":"emails","value":[{{string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"{i}\""))}}]}"""));
        Check(await scim.PatchAsync(user, $$"""{"op":"remove","path":"emails","value":[{{string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"{i}\""))}}]}"""));
        Check(await scim.PostAsync(ScimWorld.Groups, $$"""{"displayName":"G","members":[{{string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"{i}\""))}}]}"""));
        Check(await scim.GetAsync(ScimWorld.Users + "?attributes=" + string.Join(',', Enumerable.Range(0, 1500).Select(i => $"a{i}"))));
        Check(await scim.GetAsync(ScimWorld.Users + "?filter=" + new string('(', 4000)));
    }

    private static Gen<string> Bulks(string user, string group)
    {
        var paths = ScimFuzz.One("/Users", "/Groups", "/Users/" + user, "/Groups/" + group, "/Users/bulkId:a", "/Groups/bulkId:b", "/Nothing");
        return Gen.Select(ScimFuzz.One("POST", "PUT", "PATCH", "DELETE", "GET"), paths, ScimFuzz.One("a", "b", "c"), Gen.OneOf(ScimFuzz.Json, ScimFuzz.Patches.Select(p => (JsonNode?)p)))
            .Array[1, 5].Select(ops => new JsonObject
            {
                ["Operations"] = new JsonArray([.. ops.Select(o => new JsonObject { ["method"] = o.Item1, ["path"] = o.Item2, ["bulkId"] = o.Item3, ["data"] = o.Item4?.DeepClone() })]),
            }.ToJsonString());
    }

    private static void Check(Reply reply)
    {
        Assert.True((int)reply.Status is < 500 and not (401 or 403), reply.Text);
        if ((int)reply.Status >= 400)
        {
            var keyword = reply.Body!["scimType"]?.GetValue<string>();
            ScimWorld.AssertError(reply, reply.Status, keyword);
            Assert.True(keyword is null || Keywords.Contains(keyword), keyword);
        }
        else if (reply.Body?["Operations"] is JsonArray results)
        {
            Assert.All(results, r => Assert.True(int.Parse(r!["status"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) < 500, r.ToJsonString()));
        }
    }

    // True where the work is done or refused as a client's fault.
    private static bool Refuses(string? keyword, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (RefusedException e)
        {
            return e.Refusal.Status == 400 && (keyword is null ? Keywords.Contains(e.Refusal.ScimType) : e.Refusal.ScimType == keyword) && e.Refusal.Detail.Length > 0;
        }
    }
}

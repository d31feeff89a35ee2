using System.Net;
using System.Text.Json.Nodes;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

public sealed class ScimBulkTests
{
    private const string Bulk = "/scim/v2/Bulk";

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Operations_are_carried_out_and_answered_one_by_one(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (old, gone) = (await scim.UserAsync("old@x.test"), await scim.UserAsync("gone@x.test"));
        var results = await RunAsync(scim, $$$"""
            {"method":"POST","path":"/Users","bulkId":"new","data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"new@x.test"}},
            {"method":"PUT","path":"/Users/{{{old}}}","version":"W/\"1\"","data":{"userName":"renamed@x.test"}},
            {"method":"PATCH","path":"/Users/{{{old}}}","data":{"Operations":[{"op":"add","path":"title","value":"T"}]}},
            {"method":"delete","path":"/Users/{{{gone}}}"},
            {"method":"POST","path":"/Users","bulkId":"dup","data":{"userName":"NEW@x.test"}},
            {"method":"DELETE","path":"/Users/usr_none"},
            {"method":"PATCH","path":"/Users/{{{old}}}","version":"W/\"1\"","data":{"Operations":[{"op":"add","path":"title","value":"lost"}]}}
            """);

        Assert.Equal(["201", "200", "200", "204", "409", "404", "412"], results.Select(Status));
        Assert.Equal(["POST", "PUT", "PATCH", "DELETE", "POST", "DELETE", "PATCH"], results.Select(r => r!["method"]!.GetValue<string>()));
        Assert.Equal("new", results[0]!["bulkId"]!.GetValue<string>());
        Assert.Equal("W/\"1\"", results[0]!["version"]!.GetValue<string>());
        Assert.Equal("W/\"3\"", results[2]!["version"]!.GetValue<string>());
        Assert.Equal($"{scim.Root}/Users/{old}", results[1]!["location"]!.GetValue<string>());
        Assert.Null(results[4]!["location"]);
        AssertJson("""["urn:ietf:params:scim:api:messages:2.0:Error"]""", results[4]!["response"]!["schemas"]);
        Assert.Equal("uniqueness", results[4]!["response"]!["scimType"]!.GetValue<string>());
        Assert.Equal("409", results[4]!["response"]!["status"]!.GetValue<string>());
        Assert.Equal(["renamed@x.test", "new@x.test"], (await scim.NamesAsync("")).Skip(2));
        var created = await scim.GetAsync(new Uri(results[0]!["location"]!.GetValue<string>()).AbsolutePath);
        Assert.Equal("new@x.test", created.String("userName"));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task References_lead_to_what_is_created_whichever_comes_first(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var results = await RunAsync(scim, $$$"""
            {"method":"PATCH","path":"/Groups/bulkId:g","data":{"Operations":[{"op":"add","path":"members","value":[{"value":"bulkId:b"}]}]}},
            {"method":"POST","path":"/Groups","bulkId":"g","data":{"displayName":"G","members":[{"value":"bulkId:a"}]}},
            {"method":"POST","path":"/Users","bulkId":"a","data":{"userName":"a@x.test","{{{Enterprise}}}":{"manager":{"value":"bulkId:b"}} } },
            {"method":"POST","path":"/Users","bulkId":"b","data":{"userName":"b@x.test"}}
            """);

        Assert.Equal(["200", "201", "201", "201"], results.Select(Status));
        string Id(int i) => results[i]!["location"]!.GetValue<string>().Split('/')[^1];
        Assert.Equal(Id(0), Id(1));
        Assert.Equal([Id(2), Id(3)], await scim.MembersAsync(Id(1)));
        Assert.Equal(Id(3), (await scim.GetAsync($"{Users}/{Id(2)}")).Body![Enterprise]!["manager"]!["value"]!.GetValue<string>());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Circular_references_are_resolved(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var results = await RunAsync(scim, """
            {"method":"POST","path":"/Groups","bulkId":"a","data":{"displayName":"A","members":[{"type":"Group","value":"bulkId:b"}]}},
            {"method":"POST","path":"/Groups","bulkId":"b","data":{"displayName":"B","members":[{"type":"Group","value":"bulkId:a"}]}}
            """);
        Assert.Equal(["201", "201"], results.Select(Status));
        var ids = results.Select(r => r!["location"]!.GetValue<string>().Split('/')[^1]).ToArray();
        Assert.Equal([ids[1]], await scim.MembersAsync(ids[0]));
        Assert.Equal([ids[0]], await scim.MembersAsync(ids[1]));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task What_refers_to_something_that_fails_fails_too_and_leaves_nothing(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var results = await RunAsync(scim, """
            {"method":"POST","path":"/Users","bulkId":"dup","data":{"userName":"alice@acme.test"}},
            {"method":"POST","path":"/Groups","bulkId":"g","data":{"displayName":"G","members":[{"value":"bulkId:dup"}]}},
            {"method":"POST","path":"/Groups","bulkId":"x","data":{"displayName":"X","members":[{"value":"bulkId:y"}]}},
            {"method":"POST","path":"/Groups","bulkId":"y","data":{"displayName":"x","members":[{"value":"bulkId:x"}]}},
            {"method":"POST","path":"/Groups","bulkId":"u","data":{"displayName":"U","members":[{"value":"bulkId:nowhere"}]}},
            {"method":"POST","path":"/Groups","bulkId":"s","data":{"displayName":"S","members":[{"value":"bulkId:s"}]}},
            {"method":"POST","path":"/Groups","bulkId":"ok","data":{"displayName":"OK"}}
            """);
        Assert.Equal(["409", "409", "409", "409", "400", "400", "201"], results.Select(Status));
        Assert.Contains("\"dup\"", results[1]!["response"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("uniqueness", results[3]!["response"]!["scimType"]!.GetValue<string>());
        Assert.Equal(1, (await scim.ListAsync(Groups))["totalResults"]!.GetValue<int>());
    }

    [SkippableTheory]
    [EveryStore("", 5)]
    [EveryStore(",\"failOnErrors\":1", 2)]
    [EveryStore(",\"failOnErrors\":2", 4)]
    [EveryStore(",\"failOnErrors\":99", 5)]
    public async Task A_bulk_request_ends_after_as_many_errors_as_it_says(StoreKind kind, string more, int expected)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var results = await RunAsync(
            scim,
            """
            {"method":"POST","path":"/Users","bulkId":"1","data":{"userName":"1@x.test"}},
            {"method":"DELETE","path":"/Users/none"},
            {"method":"POST","path":"/Users","bulkId":"2","data":{"userName":"2@x.test"}},
            {"method":"DELETE","path":"/Users/none"},
            {"method":"POST","path":"/Users","bulkId":"3","data":{"userName":"3@x.test"}}
            """,
            more);
        Assert.Equal(expected, results.Count);
        Assert.Equal(results.Count(r => Status(r) == "201"), (await scim.NamesAsync("")).Count - 2);
    }

    [SkippableTheory]
    [EveryStore("""{"method":"GET","path":"/Users"}""", "400", "invalidSyntax")]
    [EveryStore("""{"path":"/Users"}""", "400", "invalidSyntax")]
    [EveryStore("""{"method":"POST","path":"/Users","data":{"userName":"x@x.test"}}""", "400", "invalidSyntax")]
    [EveryStore("""{"method":"POST","path":"/Users","bulkId":"x"}""", "400", "invalidSyntax")]
    [EveryStore("""{"method":"POST","path":"/Users","bulkId":"x","data":[]}""", "400", "invalidSyntax")]
    [EveryStore("""{"method":"PUT","path":"/Users","data":{}}""", "405", null)]
    [EveryStore("""{"method":"POST","path":"/Users/x","bulkId":"x","data":{}}""", "405", null)]
    [EveryStore("""{"method":"DELETE","path":"/Nothing/x"}""", "400", "invalidPath")]
    [EveryStore("""{"method":"DELETE","path":"/Userss/x"}""", "400", "invalidPath")]
    [EveryStore("""{"method":"DELETE","path":"/Users/a/b"}""", "400", "invalidPath")]
    [EveryStore("""{"method":"DELETE","path":"/Users/bulkId:none"}""", "400", "invalidValue")]
    [EveryStore("""{"method":"DELETE","path":"/Users/x","version":"nonsense"}""", "400", "invalidValue")]
    [EveryStore("""{"method":"POST","path":"/Users","bulkId":"x","data":{"displayName":"x"}}""", "400", "invalidValue")]
    public async Task An_operation_that_cannot_be_done_is_answered_for_itself(StoreKind kind, string operation, string status, string? scimType)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var results = await RunAsync(scim, operation + """,{"method":"POST","path":"/Users","bulkId":"ok","data":{"userName":"ok@x.test"}}""");
        Assert.Equal([status, "201"], results.Select(Status));
        Assert.Equal(scimType, results[0]!["response"]!["scimType"]?.GetValue<string>());
        Assert.Equal(status, results[0]!["response"]!["status"]!.GetValue<string>());
    }

    [SkippableTheory]
    [EveryStore("""{}""", 400, "invalidSyntax")]
    [EveryStore("""{"Operations":[]}""", 400, "invalidSyntax")]
    [EveryStore("""{"Operations":[7]}""", 400, "invalidSyntax")]
    [EveryStore("""{"Operations":[{"method":7}]}""", 400, "invalidSyntax")]
    [EveryStore("""{"failOnErrors":0,"Operations":[{"method":"DELETE","path":"/Users/x"}]}""", 400, "invalidValue")]
    [EveryStore("""{"failOnErrors":"1","Operations":[{"method":"DELETE","path":"/Users/x"}]}""", 400, "invalidValue")]
    [EveryStore("""{"Operations":[{"method":"POST","path":"/Users","bulkId":"x","data":{"userName":"a@x.test"}},{"method":"POST","path":"/Users","bulkId":"x","data":{"userName":"b@x.test"}}]}""", 400, "invalidValue")]
    public async Task A_bulk_request_that_is_none_is_refused_as_a_whole(StoreKind kind, string body, int status, string scimType)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        AssertError(await scim.PostAsync(Bulk, body), (HttpStatusCode)status, scimType);
        Assert.Equal(2, (await scim.NamesAsync("")).Count);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Too_many_operations_or_too_large_a_body_are_refused_with_413_as_announced(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var announced = (await scim.GetAsync("/scim/v2/ServiceProviderConfig")).Body!["bulk"]!;
        var one = """{"method":"DELETE","path":"/Users/x"}""";
        var most = announced["maxOperations"]!.GetValue<int>();
        Assert.Equal(most, (await RunAsync(scim, string.Join(',', Enumerable.Repeat(one, most)))).Count);
        AssertError(await scim.PostAsync(Bulk, Body(string.Join(',', Enumerable.Repeat(one, most + 1)))), HttpStatusCode.RequestEntityTooLarge, null);
        var padding = new string(' ', announced["maxPayloadSize"]!.GetValue<int>());
        AssertError(await TestBackend.SendTooMuchAsync(() => scim.PostAsync(Bulk, Body(one + padding))), HttpStatusCode.RequestEntityTooLarge, null);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_long_chain_of_references_is_followed_to_its_end(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        const int Length = 1000;
        var operations = Enumerable.Range(0, Length).Select(i =>
            $$$"""{"method":"POST","path":"/Groups","bulkId":"{{{i}}}","data":{"displayName":"{{{i}}}","members":[{{{(i == Length - 1 ? "" : $"\"bulkId:{i + 1}\"")}}}]}}""");
        var results = await RunAsync(scim, string.Join(',', operations));
        Assert.All(results, r => Assert.Equal("201", Status(r)));
    }

    private static string Status(JsonNode? result) => result!["status"]!.GetValue<string>();

    private static string Body(string operations, string more = "") =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{{operations}}]{{more}}}""";

    private static async Task<JsonArray> RunAsync(ScimWorld scim, string operations, string more = "")
    {
        var reply = (await scim.PostAsync(Bulk, Body(operations, more))).Expect(HttpStatusCode.OK);
        AssertJson("""["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]""", reply.Body!["schemas"]);
        return reply.Body["Operations"]!.AsArray();
    }
}

using System.Net;
using System.Text.Json.Nodes;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

/// <summary>Every way over SCIM to take an admin who holds live tokens out of action.</summary>
public sealed class ScimRestrictionTests
{
    private static readonly (string Name, string Method, string? Body)[] Shapes =
    [
        ("pathless", "PATCH", Patch("""{"op":"replace","value":{"active":false}}""")),
        ("pathless, text", "PATCH", Patch("""{"op":"Replace","value":{"ACTIVE":"False"}}""")),
        ("pathless add", "PATCH", Patch("""{"op":"add","value":{"active":false,"title":"x"}}""")),
        ("pathless, URN key", "PATCH", Patch("""{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User:active":false}}""")),
        ("pathless, type", "PATCH", Patch("""{"op":"replace","value":{"userType":"Member"}}""")),
        ("path", "PATCH", Patch("""{"op":"replace","path":"active","value":false}""")),
        ("path, text", "PATCH", Patch("""{"op":"Replace","path":"active","value":"False"}""")),
        ("path, add", "PATCH", Patch("""{"op":"Add","path":"active","value":false}""")),
        ("path, URN", "PATCH", Patch("""{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:active","value":false}""")),
        ("path, type", "PATCH", Patch("""{"op":"replace","path":"userType","value":"Viewer"}""")),
        ("path, type removed", "PATCH", Patch("""{"op":"remove","path":"userType"}""")),
        ("path, type null", "PATCH", Patch("""{"op":"replace","path":"userType","value":null}""")),
        ("after other operations", "PATCH", Patch("""{"op":"add","path":"title","value":"x"},{"op":"replace","path":"externalId","value":"y"},{"op":"replace","path":"active","value":false}""")),
        ("on and off again", "PATCH", Patch("""{"op":"replace","path":"active","value":true},{"op":"replace","path":"active","value":false}""")),
        ("put inactive", "PUT", """{"userName":"bob@acme.test","active":false,"title":"x"}"""),
        ("put demoted", "PUT", """{"userName":"bob@acme.test","userType":"Guest","displayName":"x"}"""),
        ("put renamed and demoted", "PUT", """{"userName":"other@acme.test","userType":"member","active":"True"}"""),
        ("delete", "DELETE", null),
    ];

    public static TheoryData<StoreKind, string, bool> Cases
    {
        get
        {
            var data = new TheoryData<StoreKind, string, bool>();
            foreach (var kind in Stores.All.Cast<object[]>().Select(row => (StoreKind)row[0]))
            {
                foreach (var (name, _, _) in Shapes)
                {
                    data.Add(kind, name, false);
                    data.Add(kind, name, true);
                }
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task An_idp_cannot_end_an_admin_who_holds_tokens_and_nothing_changes(StoreKind kind, string shape, bool inBulk)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var bob = await scim.Backend.BobAsync();
        (await scim.Backend.MintAsync(bob, "entra-staging")).Expect(HttpStatusCode.Created);
        await scim.GroupAsync("Admins", bob);
        var path = $"{Users}/{bob}";
        var (before, audit) = (await scim.GetAsync(path), await scim.Backend.GetAsync("/api/v1/audit-events"));
        var (_, method, body) = Shapes.Single(s => s.Name == shape);

        var error = inBulk ? await BulkErrorAsync(scim, method, bob, body) : await ErrorAsync(scim, method, path, body);

        AssertJson("""["urn:ietf:params:scim:api:messages:2.0:Error"]""", error["schemas"]);
        Assert.Equal("409", error["status"]!.GetValue<string>());
        var detail = error["detail"]!.GetValue<string>();
        foreach (var part in (string[])["bob@acme.test", "2 live SCIM tokens", "\"idp\"", "\"entra-staging\"", "would stop working", "First let another active admin"])
        {
            Assert.Contains(part, detail, StringComparison.Ordinal);
        }

        var after = await scim.GetAsync(path);
        Assert.Equal(before.Text, after.Text);
        Assert.Equal(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal(audit.Text, (await scim.Backend.GetAsync("/api/v1/audit-events")).Text);
        Assert.Equal(2, (await scim.Backend.GetAsync("/api/v1/scim-tokens")).Items.Count);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task The_last_active_admin_is_kept_over_scim_too(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var alice = await scim.Backend.AliceAsync();
        (await scim.PatchAsync($"{Users}/{alice}", """{"op":"replace","path":"active","value":false}""")).Expect(HttpStatusCode.OK);
        var bob = await scim.Backend.BobAsync();
        AssertError(await scim.DeleteAsync($"{Users}/{bob}"), HttpStatusCode.Conflict, null);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task An_admin_without_tokens_goes_and_roles_decide_nothing(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (alice, bob) = ($"{Users}/{await scim.Backend.AliceAsync()}", $"{Users}/{await scim.Backend.BobAsync()}");
        var kept = (await scim.PatchAsync(bob, """{"op":"replace","path":"roles","value":[{"value":"Member","primary":true}]}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("Admin", kept.String("userType"));
        kept = (await scim.PatchAsync(bob, """{"op":"remove","path":"roles"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("Admin", kept.String("userType"));
        (await scim.PatchAsync(alice, """{"op":"replace","path":"userType","value":"member"}""")).Expect(HttpStatusCode.OK);
        (await scim.DeleteAsync(alice)).Expect(HttpStatusCode.NoContent);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Of_a_bulk_request_only_the_forbidden_operation_is_refused(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var bob = await scim.Backend.BobAsync();
        var reply = await scim.PostAsync("/scim/v2/Bulk", $$"""
            {"Operations":[{"method":"POST","path":"/Users","bulkId":"a","data":{"userName":"a@x.test"} },
             {"method":"DELETE","path":"/Users/{{bob}}"},{"method":"POST","path":"/Users","bulkId":"b","data":{"userName":"b@x.test"} }]}
            """);
        Assert.Equal(["201", "409", "201"], reply.Body!["Operations"]!.AsArray().Select(o => o!["status"]!.GetValue<string>()));
        Assert.Equal(["alice@acme.test", "bob@acme.test", "a@x.test", "b@x.test"], await scim.NamesAsync(""));
    }

    private static string Patch(string operations) => $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}""";

    private static async Task<JsonNode> ErrorAsync(ScimWorld scim, string method, string path, string? body)
    {
        var reply = await scim.SendAsync(method, path, body);
        AssertError(reply, HttpStatusCode.Conflict, null);
        return reply.Body!;
    }

    private static async Task<JsonNode> BulkErrorAsync(ScimWorld scim, string method, string id, string? body)
    {
        var data = body is null ? "" : ",\"data\":" + body;
        var reply = (await scim.PostAsync("/scim/v2/Bulk", $$"""{"Operations":[{"method":"{{method}}","path":"/Users/{{id}}"{{data}}}]}""")).Expect(HttpStatusCode.OK);
        var operation = reply.Body!["Operations"]!.AsArray().Single()!;
        Assert.Equal("409", operation["status"]!.GetValue<string>());
        return operation["response"]!;
    }
}

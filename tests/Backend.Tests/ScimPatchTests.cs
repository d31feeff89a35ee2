using System.Net;
using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Tests;

public sealed class ScimPatchTests
{
    private const string Start = """
        {"userName":"c@acme.test","displayName":"C","title":"T","name":{"givenName":"G","familyName":"F"},
         "emails":[{"value":"w@acme.test","type":"work","primary":true},{"value":"h@acme.test","type":"home"}]}
        """;

    [SkippableTheory]
    [EveryStore("""{"op":"replace","value":{"active":false}}""", "active", "false")]
    [EveryStore("""{"op":"Replace","path":"active","value":"False"}""", "active", "false")]
    [EveryStore("""{"op":"replace","path":"displayName","value":"D"}""", "displayName", "\"D\"")]
    [EveryStore("""{"op":"replace","path":"DISPLAYNAME","value":"D"}""", "displayName", "\"D\"")]
    [EveryStore("""{"op":"remove","path":"displayName"}""", "displayName", null)]
    [EveryStore("""{"op":"replace","path":"displayName","value":null}""", "displayName", null)]
    [EveryStore("""{"op":"add","path":"userName","value":"d@acme.test"}""", "userName", "\"d@acme.test\"")]
    [EveryStore("""{"op":"replace","path":"userType","value":"viewer"}""", "userType", "\"Viewer\"")]
    [EveryStore("""{"op":"add","path":"name.givenName","value":"X"}""", "name", """{"familyName":"F","givenName":"X"}""")]
    [EveryStore("""{"op":"add","path":"name","value":{"givenName":"X"}}""", "name", """{"familyName":"F","givenName":"X"}""")]
    [EveryStore("""{"op":"replace","path":"name","value":{"GIVENNAME":"X"}}""", "name", """{"familyName":"F","givenName":"X"}""")]
    [EveryStore("""{"op":"remove","path":"name"},{"op":"add","path":"name","value":{"GIVENNAME":"X"}},{"op":"add","path":"name.givenName","value":"Y"}""", "name", """{"givenName":"Y"}""")]
    [EveryStore("""{"op":"remove","path":"name.familyName"}""", "name", """{"givenName":"G"}""")]
    [EveryStore("""{"op":"remove","path":"name"}""", "name", null)]
    [EveryStore("""{"op":"replace","value":{"name.givenName":"X","unheardOf":1}}""", "name", """{"familyName":"F","givenName":"X"}""")]
    [EveryStore("""{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User:title":"X"}}""", "title", "\"X\"")]
    [EveryStore("""{"op":"add","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"D"}}""", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", """{"department":"D"}""")]
    [EveryStore("""{"op":"add","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"D"}}}""", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", """{"department":"D"}""")]
    [EveryStore("""{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"usr_9"}""", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", """{"manager":{"value":"usr_9"}}""")]
    [EveryStore("""{"op":"add","path":"emails","value":[{"value":"o@acme.test","type":"other"}]}""", "emails", """[{"value":"w@acme.test","type":"work","primary":true},{"value":"h@acme.test","type":"home"},{"value":"o@acme.test","type":"other"}]""")]
    [EveryStore("""{"op":"add","path":"emails","value":{"TYPE":"home","value":"h@acme.test"}}""", "emails", """[{"value":"w@acme.test","type":"work","primary":true},{"value":"h@acme.test","type":"home"}]""")]
    [EveryStore("""{"op":"add","path":"emails","value":{"value":"n@acme.test","primary":"True"}}""", "emails", """[{"value":"w@acme.test","type":"work"},{"value":"h@acme.test","type":"home"},{"value":"n@acme.test","primary":true}]""")]
    [EveryStore("""{"op":"replace","path":"emails","value":[{"value":"o@acme.test"}]}""", "emails", """[{"value":"o@acme.test"}]""")]
    [EveryStore("""{"op":"remove","path":"emails"}""", "emails", null)]
    [EveryStore("""{"op":"remove","path":"emails[type eq \"home\"]"}""", "emails", """[{"value":"w@acme.test","type":"work","primary":true}]""")]
    [EveryStore("""{"op":"remove","path":"emails[type eq \"none\"]"}""", "emails", """[{"value":"w@acme.test","type":"work","primary":true},{"value":"h@acme.test","type":"home"}]""")]
    [EveryStore("""{"op":"remove","path":"emails","value":[{"value":"w@acme.test"}]}""", "emails", """[{"value":"h@acme.test","type":"home"}]""")]
    [EveryStore("""{"op":"remove","path":"emails[type eq \"work\"].primary"}""", "emails", """[{"value":"w@acme.test","type":"work"},{"value":"h@acme.test","type":"home"}]""")]
    [EveryStore("""{"op":"replace","path":"emails[type eq \"work\"].value","value":"x@acme.test"}""", "emails", """[{"value":"x@acme.test","type":"work","primary":true},{"value":"h@acme.test","type":"home"}]""")]
    [EveryStore("""{"op":"replace","path":"emails[type eq \"home\"].primary","value":true}""", "emails", """[{"value":"w@acme.test","type":"work"},{"value":"h@acme.test","type":"home","primary":true}]""")]
    [EveryStore("""{"op":"Add","path":"phoneNumbers[type eq \"work\"].value","value":"1"}""", "phoneNumbers", """[{"value":"1","type":"work"}]""")]
    [EveryStore("""{"op":"replace","path":"password","value":"x"}""", "password", null)]
    public async Task A_patch_changes_what_it_names(StoreKind kind, string operation, string attribute, string? expected)
    {
        var (backend, scim, path) = await PrepareAsync(kind);
        await using var disposal = backend;
        var reply = (await PatchAsync(scim, path, operation)).Expect(HttpStatusCode.OK);
        Assert.True(JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), reply.Body![attribute]), reply.Text);
        Assert.Equal(reply.Text, (await TestBackend.SendAsync(scim, HttpMethod.Get, path)).Text);
    }

    [SkippableTheory]
    [EveryStore("""{"op":"move","path":"title"}""", "invalidSyntax")]
    [EveryStore("""{"path":"title","value":"x"}""", "invalidSyntax")]
    [EveryStore("\"x\"", "invalidSyntax")]
    [EveryStore("""{"op":"replace","path":7,"value":"x"}""", "invalidSyntax")]
    [EveryStore("""{"op":"remove"}""", "noTarget")]
    [EveryStore("""{"op":"replace","path":"emails[type eq \"none\"].value","value":"x"}""", "noTarget")]
    [EveryStore("""{"op":"replace","path":"unheardOf","value":"x"}""", "invalidPath")]
    [EveryStore("""{"op":"replace","path":"name.unheardOf","value":"x"}""", "invalidPath")]
    [EveryStore("""{"op":"replace","path":"emails[type eq","value":"x"}""", "invalidPath")]
    [EveryStore("""{"op":"replace","path":"emails[type]","value":"x"}""", "invalidPath")]
    [EveryStore("""{"op":"replace","path":"emails[type eq \"work\"]value","value":"x"}""", "invalidPath")]
    [EveryStore("""{"op":"replace","path":"title[type eq \"work\"]","value":"x"}""", "invalidPath")]
    [EveryStore("""{"op":"replace","path":"id","value":"x"}""", "mutability")]
    [EveryStore("""{"op":"replace","path":"meta.version","value":"x"}""", "mutability")]
    [EveryStore("""{"op":"add","path":"groups","value":[{"value":"g"}]}""", "mutability")]
    [EveryStore("""{"op":"replace","path":"active","value":"maybe"}""", "invalidValue")]
    [EveryStore("""{"op":"replace","path":"displayName","value":{"x":1}}""", "invalidValue")]
    [EveryStore("""{"op":"replace","path":"displayName","value":["x"]}""", "invalidValue")]
    [EveryStore("""{"op":"replace","path":"name","value":"x"}""", "invalidValue")]
    [EveryStore("""{"op":"replace","path":"userType","value":"Root"}""", "invalidValue")]
    [EveryStore("""{"op":"replace","value":"x"}""", "invalidValue")]
    [EveryStore("""{"op":"remove","path":"userName"}""", "mutability")]
    [EveryStore("""{"op":"replace","path":"userName","value":null}""", "invalidValue")]
    [EveryStore("""{"op":"remove","path":"active"}""", "invalidValue")]
    [EveryStore("""{"op":"replace","path":"active","value":null}""", "invalidValue")]
    public async Task A_patch_with_one_bad_operation_changes_nothing(StoreKind kind, string operation, string scimType)
    {
        var (backend, scim, path) = await PrepareAsync(kind);
        await using var disposal = backend;
        var before = await TestBackend.SendAsync(scim, HttpMethod.Get, path);

        var reply = (await PatchAsync(scim, path, """{"op":"replace","path":"title","value":"changed"},""" + operation)).Expect(HttpStatusCode.BadRequest);

        Assert.Equal(scimType, reply.String("scimType"));
        Assert.Equal(before.Text, (await TestBackend.SendAsync(scim, HttpMethod.Get, path)).Text);
    }

    [SkippableTheory]
    [EveryStore("PATCH", """{"Operations":[{"op":"replace","value":{"active":false}}]}""")]
    [EveryStore("PATCH", """{"Operations":[{"op":"Replace","path":"active","value":"False"}]}""")]
    [EveryStore("PATCH", """{"Operations":[{"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:User:active","value":false}]}""")]
    [EveryStore("PATCH", """{"Operations":[{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User:active":"false"}}]}""")]
    [EveryStore("PATCH", """{"Operations":[{"op":"replace","path":"userType","value":"Member"}]}""")]
    [EveryStore("PATCH", """{"Operations":[{"op":"remove","path":"userType"}]}""")]
    [EveryStore("PATCH", """{"Operations":[{"op":"replace","path":"userType","value":null}]}""")]
    [EveryStore("PATCH", """{"Operations":[{"op":"replace","path":"title","value":"x"},{"op":"add","value":{"USERTYPE":"guest"}}]}""")]
    [EveryStore("PUT", """{"userName":"bob@acme.test","active":false}""")]
    [EveryStore("PUT", """{"userName":"bob@acme.test","userType":"Member"}""")]
    [EveryStore("DELETE", null)]
    public async Task The_idp_cannot_remove_the_admin_whose_token_it_uses_in_any_shape(StoreKind kind, string method, string? body)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        var path = "/scim/v2/Users/" + await backend.BobAsync();
        var before = await TestBackend.SendAsync(scim, HttpMethod.Get, path);

        var refused = (await TestBackend.SendAsync(scim, new HttpMethod(method), path, body)).Expect(HttpStatusCode.Conflict);

        Assert.Equal("409", refused.String("status"));
        Assert.Null(refused.Body!["scimType"]);
        Assert.Contains("bob@acme.test", refused.String("detail"), StringComparison.Ordinal);
        Assert.Contains("\"idp\"", refused.String("detail"), StringComparison.Ordinal);
        Assert.Equal(before.Text, (await TestBackend.SendAsync(scim, HttpMethod.Get, path)).Text);
    }

    private static async Task<(TestBackend Backend, HttpClient Scim, string Path)> PrepareAsync(StoreKind kind)
    {
        var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        var created = (await TestBackend.SendAsync(scim, HttpMethod.Post, "/scim/v2/Users", Start)).Expect(HttpStatusCode.Created);
        return (backend, scim, "/scim/v2/Users/" + created.String("id"));
    }

    private static Task<Reply> PatchAsync(HttpClient scim, string path, string operations) => TestBackend.SendAsync(
        scim,
        HttpMethod.Patch,
        path,
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}""",
        "application/scim+json");
}

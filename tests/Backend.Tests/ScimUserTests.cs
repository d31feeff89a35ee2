using System.Net;
using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Tests;

public sealed class ScimUserTests
{
    private const string Users = "/scim/v2/Users";
    private const string Scim = "application/scim+json";

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_user_is_created_as_okta_does_and_comes_back_whole(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        var created = (await SendAsync(scim, HttpMethod.Post, Users, """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
             "userName":"c@acme.test","name":{"givenName":"Carol","familyName":"C"},"emails":[{"primary":true,"value":"c@acme.test","type":"work"}],
             "displayName":"Carol C","locale":"en-US","externalId":"00u1","groups":[],"password":"secret-password","active":true,"unheardOf":1,
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales","unheardOf":2}}
            """)).Expect(HttpStatusCode.Created);
        var id = created.String("id");
        var location = $"{backend.Url.GetLeftPart(UriPartial.Authority)}/scim/v2/Users/{id}";
        Assert.Equal(Scim, created.MediaType);
        Assert.Equal(location, created.Headers.Location!.ToString());
        Assert.Equal("W/\"1\"", created.Headers.ETag!.ToString());
        var expected = $$$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
             "id":"{{{id}}}","externalId":"00u1","userName":"c@acme.test","name":{"givenName":"Carol","familyName":"C"},"displayName":"Carol C",
             "userType":"Member","locale":"en-US","active":true,"emails":[{"value":"c@acme.test","type":"work","primary":true}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"},
             "meta":{"resourceType":"User","created":"2026-08-01T12:00:00.000Z","lastModified":"2026-08-01T12:00:00.000Z","location":"{{{location}}}","version":"W/\"1\""}}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), created.Body), created.Text);
        Assert.Equal(created.Text, (await SendAsync(scim, HttpMethod.Get, Users + "/" + id)).Text);
        Assert.Equal("Carol C", (await backend.GetAsync("/api/v1/users/" + id)).String("displayName"));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Lists_are_filtered_and_paged_in_a_stable_order(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        for (var i = 0; i < 5; i++)
        {
            await SendAsync(scim, HttpMethod.Post, Users, $$"""{"userName":"u{{i}}@acme.test","externalId":"e{{i % 2}}","title":"t{{i % 2}}"}""");
        }

        Assert.Equal((7, 1, 7, 7), await ListAsync(scim, ""));
        Assert.Equal((7, 6, 2, 2), await ListAsync(scim, "?startIndex=6&count=100"));
        Assert.Equal((7, 1, 0, 0), await ListAsync(scim, "?count=0"));
        Assert.Equal((7, 1, 0, 0), await ListAsync(scim, "?count=-3&startIndex=-1"));
        Assert.Equal((7, 99, 0, 0), await ListAsync(scim, "?startIndex=99"));
        Assert.Equal((1, 1, 1, 1), await ListAsync(scim, "?filter=" + Uri.EscapeDataString("userName eq \"U3@acme.test\"")));
        Assert.Equal((0, 1, 0, 0), await ListAsync(scim, "?filter=" + Uri.EscapeDataString("userName eq \"9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d\"")));
        Assert.Equal((2, 1, 2, 2), await ListAsync(scim, "?filter=" + Uri.EscapeDataString("externalId eq \"e1\"")));
        Assert.Equal((2, 2, 1, 1), await ListAsync(scim, "?startIndex=2&filter=" + Uri.EscapeDataString("externalId eq \"e1\" and active eq true")));
        Assert.Equal((3, 2, 1, 1), await ListAsync(scim, "?startIndex=2&count=1&filter=" + Uri.EscapeDataString("title eq \"T0\"")));
        Assert.Equal((2, 1, 2, 2), await ListAsync(scim, "?filter=" + Uri.EscapeDataString("userType eq \"admin\" and not (title pr)")));
        Assert.Equal((3, 1, 3, 3), await ListAsync(scim, "?filter=" + Uri.EscapeDataString("userType eq \"Admin\" or userName eq \"u1@acme.test\"")));
        (await SendAsync(scim, HttpMethod.Get, Users + "?filter=nonsense")).Expect(HttpStatusCode.BadRequest);
        (await SendAsync(scim, HttpMethod.Get, Users + "?count=x")).Expect(HttpStatusCode.BadRequest);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_scan_goes_beyond_its_first_thousand_rows(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        for (var i = 0; i < 1100; i++)
        {
            await backend.CreateUserAsync($"u{i}@acme.test");
        }

        Assert.Equal((1100, 1099, 2, 2), await ListAsync(scim, "?startIndex=1099&filter=" + Uri.EscapeDataString("userName sw \"u\"")));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Attributes_are_selected_and_left_out(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        var id = (await SendAsync(scim, HttpMethod.Post, Users, """
            {"userName":"c@acme.test","name":{"givenName":"C","familyName":"D"},"emails":[{"value":"c@acme.test","type":"work"}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales","division":"N"}}
            """)).String("id");
        var only = await SendAsync(scim, HttpMethod.Get, $"{Users}/{id}?attributes=userName,name.givenName,emails.value,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division");
        only.Object.Remove("schemas");
        Assert.Equal(
            $$$"""{"id":"{{{id}}}","userName":"c@acme.test","name":{"givenName":"C"},"emails":[{"value":"c@acme.test"}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"division":"N"}}""",
            only.Object.ToJsonString());
        var without = await SendAsync(scim, HttpMethod.Get, $"{Users}/{id}?excludedAttributes=id,meta,name.familyName,emails,userType,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
        without.Object.Remove("schemas");
        Assert.Equal($$$"""{"id":"{{{id}}}","userName":"c@acme.test","name":{"givenName":"C"},"active":true}""", without.Object.ToJsonString());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_put_replaces_what_it_names_and_keeps_type_and_active_it_does_not(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        var path = Users + "/" + await backend.AliceAsync();
        await SendAsync(scim, HttpMethod.Patch, path, """{"Operations":[{"op":"add","path":"title","value":"T"},{"op":"add","path":"externalId","value":"e"}]}""");

        var replaced = (await SendAsync(scim, HttpMethod.Put, path, """{"userName":"alice@acme.test","nickName":"Al","id":"usr_x","meta":{"version":"9"}}""")).Expect(HttpStatusCode.OK);

        Assert.Equal("Admin", replaced.String("userType"));
        Assert.True(replaced.Body!["active"]!.GetValue<bool>());
        Assert.Equal("Al", replaced.String("nickName"));
        Assert.Null(replaced.Body["title"]);
        Assert.Null(replaced.Body["externalId"]);
        Assert.Equal("W/\"3\"", replaced.Body["meta"]!["version"]!.GetValue<string>());
        var again = await SendAsync(scim, HttpMethod.Put, path, """{"nickname":"Al","USERNAME":"alice@acme.test"}""");
        Assert.Equal(replaced.Text, again.Text);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Errors_have_scim_shape(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        var alice = Users + "/" + await backend.AliceAsync();
        AssertError(await SendAsync(scim, HttpMethod.Get, Users + "/none"), 404, null);
        AssertError(await SendAsync(scim, HttpMethod.Get, "/scim/v2/Nothing"), 404, null);
        AssertError(await SendAsync(scim, HttpMethod.Post, Users, """{"userName":"ALICE@acme.test"}"""), 409, "uniqueness");
        AssertError(await SendAsync(scim, HttpMethod.Post, Users, """{"displayName":"x"}"""), 400, "invalidValue");
        AssertError(await SendAsync(scim, HttpMethod.Post, Users, """{"userName":"x@acme.test","active":"maybe"}"""), 400, "invalidValue");
        AssertError(await SendAsync(scim, HttpMethod.Post, Users, """{"userName":"x@acme.test","userType":"Root"}"""), 400, "invalidValue");
        AssertError(await SendAsync(scim, HttpMethod.Post, Users, """{"userName":"x@acme.test","username":"y@acme.test"}"""), 400, "invalidSyntax");
        AssertError(await SendAsync(scim, HttpMethod.Post, Users, """{"userName":"x@acme.test","userName":"y@acme.test"}"""), 400, "invalidSyntax");
        AssertError(await SendAsync(scim, HttpMethod.Post, Users, "[]"), 400, "invalidSyntax");
        AssertError(await SendAsync(scim, HttpMethod.Post, Users, "{"), 400, "invalidSyntax");
        AssertError(await SendAsync(scim, HttpMethod.Put, alice, """{"userName":"bob@acme.test"}"""), 409, "uniqueness");
        AssertError(await TestBackend.SendAsync(scim, HttpMethod.Patch, alice, "{}", ifMatch: "W/\"9\""), 400, "invalidSyntax");
        AssertError(await TestBackend.SendAsync(scim, HttpMethod.Delete, alice, ifMatch: "W/\"9\""), 412, null);
        AssertError(await SendAsync(backend.Client(null), HttpMethod.Get, Users), 401, null);
        AssertError(await SendAsync(backend.Admin, HttpMethod.Get, Users), 401, null);
        AssertError(await TestBackend.SendAsync(scim, HttpMethod.Post, Users, "<x/>", "application/xml"), 415, null);
        Assert.Equal(2, (await SendAsync(scim, HttpMethod.Get, Users)).Body!["totalResults"]!.GetValue<int>());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Discovery_needs_no_token(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var client = backend.Client(null);
        var config = (await SendAsync(client, HttpMethod.Get, "/scim/v2/ServiceProviderConfig")).Expect(HttpStatusCode.OK);
        Assert.True(config.Body!["patch"]!["supported"]!.GetValue<bool>());
        Assert.Equal("oauthbearertoken", config.Body["authenticationSchemes"]![0]!["type"]!.GetValue<string>());
        var types = (await SendAsync(client, HttpMethod.Get, "/scim/v2/ResourceTypes")).Expect(HttpStatusCode.OK);
        Assert.Equal("/Users", types.Body!["Resources"]![0]!["endpoint"]!.GetValue<string>());
        var schemas = (await SendAsync(client, HttpMethod.Get, "/scim/v2/Schemas")).Expect(HttpStatusCode.OK);
        foreach (var schema in schemas.Body!["Resources"]!.AsArray())
        {
            var one = (await SendAsync(client, HttpMethod.Get, "/scim/v2/Schemas/" + schema!["id"])).Expect(HttpStatusCode.OK);
            Assert.True(JsonNode.DeepEquals(schema, one.Body));
        }

        (await SendAsync(client, HttpMethod.Get, "/scim/v2/ResourceTypes/User")).Expect(HttpStatusCode.OK);
        (await SendAsync(client, HttpMethod.Get, "/scim/v2/Schemas/urn:x")).Expect(HttpStatusCode.NotFound);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_version_that_the_caller_has_is_not_sent_again(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        var scim = await backend.ScimAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Users + "/" + await backend.AliceAsync());
        request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"1\"");
        using var response = await scim.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    private static Task<Reply> SendAsync(HttpClient client, HttpMethod method, string path, string? body = null) =>
        TestBackend.SendAsync(client, method, path, body, Scim);

    private static async Task<(int Total, int Start, int PerPage, int Count)> ListAsync(HttpClient scim, string query)
    {
        var list = (await SendAsync(scim, HttpMethod.Get, Users + query)).Expect(HttpStatusCode.OK).Body!;
        return (list["totalResults"]!.GetValue<int>(), list["startIndex"]!.GetValue<int>(), list["itemsPerPage"]!.GetValue<int>(), list["Resources"]!.AsArray().Count);
    }

    private static void AssertError(Reply reply, int status, string? scimType)
    {
        reply.Expect((HttpStatusCode)status);
        Assert.Equal(Scim, reply.MediaType);
        Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", reply.Body!["schemas"]![0]!.GetValue<string>());
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), reply.String("status"));
        Assert.Equal(scimType, reply.Body["scimType"]?.GetValue<string>());
        Assert.NotEmpty(reply.String("detail"));
    }
}

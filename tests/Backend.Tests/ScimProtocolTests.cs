using System.Net;
using System.Text.Json.Nodes;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

public sealed class ScimProtocolTests
{
    [SkippableTheory]
    [EveryStore("PUT", Users, "GET, POST")]
    [EveryStore("DELETE", Groups, "GET, POST")]
    [EveryStore("PATCH", Users + "/.search", "POST")]
    [EveryStore("POST", Users + "/x", "DELETE, GET, PATCH, PUT")]
    [EveryStore("HEAD", Users, "GET, POST")]
    [EveryStore("GET", "/scim/v2/Bulk", "POST")]
    [EveryStore("POST", "/scim/v2/ServiceProviderConfig", "GET")]
    [EveryStore("DELETE", "/scim/v2/Schemas/x", "GET")]
    [EveryStore("DELETE", "/scim/v2", "GET")]
    public async Task A_method_that_is_not_possible_is_answered_with_those_that_are(StoreKind kind, string method, string path, string allowed)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await scim.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
        Assert.Equal(MediaType, response.Content.Headers.ContentType!.MediaType);
    }

    [SkippableTheory]
    [EveryStore("/scim/v2/Nothing")]
    [EveryStore("/scim/v2/Users/x/y")]
    [EveryStore("/scim/v2/Users/usr_none")]
    [EveryStore("/scim/v2/Groups/grp_none")]
    [EveryStore("/scim/v2/Users/00000000-0000-0000-0000-000000000000")]
    [EveryStore("/scim/v2/Schemas/urn:x")]
    [EveryStore("/scim/v2/ResourceTypes/Robot")]
    [EveryStore("/scim/v1/Users")]
    public async Task What_is_not_there_is_a_scim_error(StoreKind kind, string path)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        AssertError(await scim.GetAsync(path), HttpStatusCode.NotFound, null);
    }

    [SkippableTheory]
    [EveryStore("GET")]
    [EveryStore("POST")]
    [EveryStore("PUT")]
    [EveryStore("PATCH")]
    [EveryStore("DELETE")]
    public async Task Me_is_honestly_not_offered(StoreKind kind, string method)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        AssertError(await scim.SendAsync(method, "/scim/v2/Me"), HttpStatusCode.NotImplemented, null);
        AssertError(await scim.SendAsync(method, "/scim/v2/Me/x"), HttpStatusCode.NotImplemented, null);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Without_a_token_everything_but_discovery_is_refused_with_a_challenge(StoreKind kind)
    {
        await using var backend = await TestBackend.StartAsync(kind);
        foreach (var (credential, challenge) in ((string?, string)[])[(null, "realm=\"scim\""), ("scimtok_wrong", "realm=\"scim\", error=\"invalid_token\"")])
        {
            var client = backend.Client(credential);
            foreach (var path in (string[])["/scim/v2", Users, Groups, Users + "/x", "/scim/v2/Me"])
            {
                var reply = await TestBackend.SendAsync(client, HttpMethod.Get, path);
                AssertError(reply, HttpStatusCode.Unauthorized, null);
                Assert.Equal("Bearer " + challenge, reply.Headers.WwwAuthenticate.Single().ToString());
            }

            AssertError(await TestBackend.SendAsync(client, HttpMethod.Post, "/scim/v2/Bulk", "{}"), HttpStatusCode.Unauthorized, null);
            foreach (var path in (string[])["/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas"])
            {
                (await TestBackend.SendAsync(client, HttpMethod.Get, "/scim/v2" + path)).Expect(HttpStatusCode.OK);
            }
        }
    }

    [SkippableTheory]
    [EveryStore(null, MediaType)]
    [EveryStore("application/scim+json", MediaType)]
    [EveryStore("application/json", "application/json")]
    [EveryStore("application/json, */*", MediaType)]
    [EveryStore("application/json, application/scim+json", MediaType)]
    public async Task Answers_are_scim_json_and_plain_json_for_who_asks_for_that_alone(StoreKind kind, string? accept, string expected)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        (string, string)[] headers = accept is null ? [] : [("Accept", accept)];
        Assert.Equal(expected, (await scim.SendAsync("GET", Users, null, headers)).MediaType);
        Assert.Equal(expected, (await scim.SendAsync("GET", Users + "/none", null, headers)).MediaType);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Conditions_on_the_version_are_heeded(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        foreach (var (path, body) in ((string, string)[])[
            ($"{Users}/{await scim.UserAsync("c@x.test")}", """{"userName":"d@x.test"}"""),
            ($"{Groups}/{await scim.GroupAsync("G")}", """{"displayName":"H"}""")])
        {
            var first = await scim.GetAsync(path);
            Assert.Equal("W/\"1\"", first.Headers.ETag!.ToString());
            Assert.Equal("W/\"1\"", first.Body!["meta"]!["version"]!.GetValue<string>());
            Assert.Equal(HttpStatusCode.NotModified, (await scim.SendAsync("GET", path, null, ("If-None-Match", "W/\"1\""))).Status);
            (await scim.SendAsync("GET", path, null, ("If-None-Match", "W/\"2\""))).Expect(HttpStatusCode.OK);
            foreach (var method in (string[])["PUT", "PATCH", "DELETE"])
            {
                var change = method == "PATCH" ? """{"Operations":[{"op":"replace","path":"externalId","value":"x"}]}""" : body;
                AssertError(await scim.SendAsync(method, path, change, ("If-Match", "W/\"7\"")), HttpStatusCode.PreconditionFailed, null);
                AssertError(await scim.SendAsync(method, path, change, ("If-Match", "nonsense")), HttpStatusCode.BadRequest, "invalidValue");
            }

            Assert.Equal(first.Text, (await scim.GetAsync(path)).Text);
            var changed = (await scim.SendAsync("PUT", path, body, ("If-Match", "W/\"1\""))).Expect(HttpStatusCode.OK);
            Assert.Equal("W/\"2\"", changed.Headers.ETag!.ToString());
            (await scim.SendAsync("PUT", path, body, ("If-Match", "W/\"9\", W/\"2\""))).Expect(HttpStatusCode.OK);
            (await scim.SendAsync("DELETE", path, null, ("If-Match", "*"))).Expect(HttpStatusCode.NoContent);
        }
    }

    [SkippableTheory]
    [EveryStore]
    public async Task The_service_says_what_it_offers_and_offers_it(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var config = await scim.ListAsync("/scim/v2/ServiceProviderConfig");
        foreach (var feature in (string[])["patch", "bulk", "filter", "sort", "etag"])
        {
            Assert.True(config[feature]!["supported"]!.GetValue<bool>(), feature);
        }

        Assert.False(config["changePassword"]!["supported"]!.GetValue<bool>());
        AssertJson("""{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":3600}""", config["pagination"]);
        Assert.Equal(scim.Root + "/ServiceProviderConfig", config["meta"]!["location"]!.GetValue<string>());
        var types = (await scim.ListAsync("/scim/v2/ResourceTypes"))["Resources"]!.AsArray();
        Assert.Equal(["User", "Group"], types.Select(t => t!["id"]!.GetValue<string>()));
        var schemas = (await scim.ListAsync("/scim/v2/Schemas"))["Resources"]!.AsArray().Select(s => s!["id"]!.GetValue<string>()).ToList();
        foreach (var type in types)
        {
            (await scim.GetAsync("/scim/v2" + type!["endpoint"])).Expect(HttpStatusCode.OK);
            Assert.Contains(type["schema"]!.GetValue<string>(), schemas);
            Assert.All(type["schemaExtensions"] as JsonArray ?? [], e => Assert.Contains(e!["schema"]!.GetValue<string>(), schemas));
            Assert.True(JsonNode.DeepEquals(type, await scim.ListAsync("/scim/v2/ResourceTypes/" + type["id"])));
        }

        foreach (var path in (string[])["/ServiceProviderConfig", "/ResourceTypes", "/Schemas"])
        {
            AssertError(await scim.GetAsync("/scim/v2" + path + Filter("id pr")), HttpStatusCode.Forbidden, null);
        }
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Every_attribute_a_schema_declares_writable_can_be_written_and_comes_back(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        foreach (var (endpoint, urns) in ((string, string[])[])[(Users, ["urn:ietf:params:scim:schemas:core:2.0:User", Enterprise]), (Groups, ["urn:ietf:params:scim:schemas:core:2.0:Group"])])
        {
            var body = new JsonObject { ["schemas"] = new JsonArray([.. urns.Select(u => JsonValue.Create(u))]) };
            foreach (var urn in urns)
            {
                var sample = Sample((await scim.ListAsync("/scim/v2/Schemas/" + urn))["attributes"]!.AsArray());
                foreach (var (name, value) in urn == Enterprise ? new JsonObject { [urn] = sample } : sample)
                {
                    body[name] = value?.DeepClone();
                }
            }

            body.Remove("members");
            var created = (await scim.PostAsync(endpoint, body.ToJsonString())).Expect(HttpStatusCode.Created);
            body.Remove("password");
            foreach (var (name, value) in body)
            {
                AssertJson(value!.ToJsonString(), created.Body![name]);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.Durable), MemberType = typeof(Stores))]
    public async Task A_password_is_taken_and_kept_nowhere(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var id = await scim.UserAsync("c@x.test", ",\"password\":\"hunter2-needle\"");
        var path = $"{Users}/{id}";
        var before = await scim.GetAsync(path);
        Assert.Equal(before.Text, (await scim.PatchAsync(path, """{"op":"replace","path":"password","value":"hunter2-needle"}""")).Expect(HttpStatusCode.OK).Text);
        Assert.Equal(before.Text, (await scim.PatchAsync(path, """{"op":"replace","value":{"password":"hunter2-needle"}}""")).Expect(HttpStatusCode.OK).Text);
        Assert.Equal(before.Text, (await scim.PutAsync(path, """{"userName":"c@x.test","password":"hunter2-needle"}""")).Expect(HttpStatusCode.OK).Text);
        Assert.Empty(await scim.NamesAsync(Filter("password eq \"hunter2-needle\"")));
        Assert.Empty(await scim.NamesAsync(Filter("password pr")));
        Assert.DoesNotContain("hunter2", (await scim.GetAsync(path + "?attributes=password")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", (await scim.Backend.GetAsync("/api/v1/audit-events")).Text, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(scim.Backend.Options.CredentialFile)!))
        {
            Assert.DoesNotContain("hunter2", await ReadAsync(file), StringComparison.Ordinal);
        }
    }

    [SkippableTheory]
    [EveryStore]
    public async Task External_ids_heed_case_and_may_repeat(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        await scim.UserAsync("a@x.test", ",\"externalId\":\"Same\"");
        await scim.UserAsync("b@x.test", ",\"externalId\":\"Same\"");
        await scim.UserAsync("c@x.test", ",\"externalId\":\"same\"");
        Assert.Equal(["a@x.test", "b@x.test"], await scim.NamesAsync(Filter("externalId eq \"Same\"")));
        Assert.Equal(["c@x.test"], await scim.NamesAsync(Filter("externalId eq \"same\"")));
        Assert.Empty(await scim.NamesAsync(Filter("externalId eq \"SAME\"")));
    }

    private static JsonObject Sample(JsonArray attributes)
    {
        var sample = new JsonObject();
        foreach (var attribute in attributes)
        {
            if (attribute!["mutability"]!.GetValue<string>() == "readOnly")
            {
                continue;
            }

            var value = Value(attribute);
            sample[attribute["name"]!.GetValue<string>()] = attribute["multiValued"]!.GetValue<bool>() ? new JsonArray(value) : value;
        }

        return sample;
    }

    private static JsonNode Value(JsonNode attribute) => attribute["type"]!.GetValue<string>() switch
    {
        "complex" => Sample(attribute["subAttributes"]!.AsArray()),
        "boolean" => JsonValue.Create(true),
        _ => JsonValue.Create(attribute["canonicalValues"]?[0]?.GetValue<string>() ?? "text"),
    };

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}

using System.Net;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

/// <summary>What Entra ID sends, in the shapes its provisioning reference describes.</summary>
public sealed class EntraTests
{
    private const string Person = """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
         "externalId":"ivo","userName":"ivo@acme.test","active":true,"emails":[{"primary":true,"type":"work","value":"ivo@acme.test"}],
         "meta":{"resourceType":"User"},"name":{"formatted":"Ivo Brandt","familyName":"Brandt","givenName":"Ivo"},"roles":[],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Docks","employeeNumber":"44"}}
        """;

    [SkippableTheory]
    [EveryStore(Users, "userName")]
    [EveryStore(Users, "externalId")]
    [EveryStore(Users, "id")]
    [EveryStore(Groups, "displayName")]
    [EveryStore(Groups, "externalId")]
    public async Task Entra_probes_with_a_random_guid_and_gets_an_empty_list_and_no_404(StoreKind kind, string path, string attribute)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var probe = (await scim.GetAsync($"{path}?filter={attribute}+eq+%223d0f5a8e-6c1b-4d2e-9a77-1f0c2b9e8d64%22")).Expect(HttpStatusCode.OK);
        Assert.Equal(0, probe.Body!["totalResults"]!.GetValue<int>());
        Assert.Empty(probe.Body["Resources"]!.AsArray());
    }

    [SkippableTheory]
    [EveryStore("""{"op":"Replace","path":"active","value":"False"}""")]
    [EveryStore("""{"op":"Replace","path":"active","value":false}""")]
    [EveryStore("""{"op":"REPLACE","path":"active","value":"false"}""")]
    [EveryStore("""{"op":"Add","path":"active","value":"False"}""")]
    [EveryStore("""{"op":"replace","value":{"active":"False"}}""")]
    public async Task Entra_disables_with_capitalised_operations_and_booleans_as_text(StoreKind kind, string operation)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = $"{Users}/{(await scim.PostAsync(Users, Person)).String("id")}";
        (await scim.PatchAsync(user, operation)).Expect(HttpStatusCode.OK);
        Assert.False((await scim.GetAsync(Users + "?filter=userName+eq+%22ivo%40acme.test%22")).Body!["Resources"]![0]!["active"]!.GetValue<bool>());
        (await scim.PatchAsync(user, """{"op":"Replace","path":"active","value":"True"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(["ivo@acme.test"], await scim.NamesAsync(Filter("active eq \"True\" and externalId eq \"ivo\"")));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Entra_finds_a_user_by_the_value_of_one_kind_of_email(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        await scim.PostAsync(Users, Person);
        await scim.UserAsync("x@acme.test", ""","emails":[{"type":"home","value":"ivo@acme.test"}]""");
        Assert.Equal(["ivo@acme.test"], await scim.NamesAsync(Filter("emails[type eq \"work\"].value eq \"IVO@acme.test\"")));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Entra_updates_several_attributes_by_path_at_once(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = $"{Users}/{(await scim.PostAsync(Users, Person)).String("id")}";
        var reply = (await scim.PatchAsync(user, $$"""
            {"op":"Replace","path":"emails[type eq \"work\"].value","value":"ivo.b@acme.test"},
            {"op":"Replace","path":"name.familyName","value":"Brandt-Oja"},
            {"op":"Add","path":"phoneNumbers[type eq \"mobile\"].value","value":"+46 1"},
            {"op":"Add","path":"addresses[type eq \"work\"].country","value":"SE"},
            {"op":"Add","path":"roles[primary eq \"True\"].value","value":"Mate"},
            {"op":"Add","path":"{{Enterprise}}:department","value":"Harbour"},
            {"op":"Remove","path":"{{Enterprise}}:employeeNumber"}
            """)).Expect(HttpStatusCode.OK);
        AssertJson("""[{"value":"ivo.b@acme.test","type":"work","primary":true}]""", reply.Body!["emails"]);
        AssertJson("""{"formatted":"Ivo Brandt","familyName":"Brandt-Oja","givenName":"Ivo"}""", reply.Body["name"]);
        AssertJson("""[{"value":"+46 1","type":"mobile"}]""", reply.Body["phoneNumbers"]);
        AssertJson("""[{"country":"SE","type":"work"}]""", reply.Body["addresses"]);
        AssertJson("""[{"value":"Mate","primary":true}]""", reply.Body["roles"]);
        AssertJson("""{"department":"Harbour"}""", reply.Body[Enterprise]);
        var again = (await scim.PatchAsync(user, """{"op":"Add","path":"phoneNumbers[type eq \"mobile\"].value","value":"+46 2"}""")).Expect(HttpStatusCode.OK);
        AssertJson("""[{"value":"+46 2","type":"mobile"}]""", again.Body!["phoneNumbers"]);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Entra_replaces_without_path_by_dotted_filtered_and_urn_keys(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = $"{Users}/{(await scim.PostAsync(Users, Person)).String("id")}";
        var reply = (await scim.PatchAsync(user, $$"""
            {"op":"replace","value":{"displayName":"Ivo B","name.givenName":"Ivar","emails[type eq \"work\"].value":"ivar@acme.test",
             "phoneNumbers[type eq \"work\"].value":"9","{{Enterprise}}:department":"Ropes","{{Enterprise}}:costCenter":"C1",
             "urn:ietf:params:scim:schemas:core:2.0:User:title":"Bosun"} }
            """)).Expect(HttpStatusCode.OK);
        Assert.Equal("Ivo B", reply.String("displayName"));
        Assert.Equal("Ivar", reply.Body!["name"]!["givenName"]!.GetValue<string>());
        Assert.Equal("Brandt", reply.Body["name"]!["familyName"]!.GetValue<string>());
        Assert.Equal("ivar@acme.test", reply.Body["emails"]![0]!["value"]!.GetValue<string>());
        AssertJson("""[{"value":"9","type":"work"}]""", reply.Body["phoneNumbers"]);
        AssertJson("""{"employeeNumber":"44","costCenter":"C1","department":"Ropes"}""", reply.Body[Enterprise]);
        Assert.Equal("Bosun", reply.String("title"));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Entra_sets_and_clears_a_manager(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var boss = await scim.UserAsync("boss@acme.test");
        var user = $"{Users}/{(await scim.PostAsync(Users, Person)).String("id")}";
        foreach (var value in (string[])[$"\"{boss}\"", $$"""{"value":"{{boss}}"}""", $$"""[{"$ref":"{{scim.Root}}/Users/{{boss}}","value":"{{boss}}"}]"""])
        {
            var set = (await scim.PatchAsync(user, $$"""{"op":"Add","path":"{{Enterprise}}:manager","value":{{value}}}""")).Expect(HttpStatusCode.OK);
            Assert.Equal(boss, set.Body![Enterprise]!["manager"]!["value"]!.GetValue<string>());
            var cleared = (await scim.PatchAsync(user, $$"""{"op":"Remove","path":"{{Enterprise}}:manager"}""")).Expect(HttpStatusCode.OK);
            Assert.Null(cleared.Body![Enterprise]!["manager"]);
        }
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Entra_creates_a_group_without_members_and_reads_it_without_them(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var created = (await scim.PostAsync(Groups, """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
             "externalId":"6f1a","displayName":"Harbour","meta":{"resourceType":"Group"}}
            """)).Expect(HttpStatusCode.Created);
        var user = await scim.UserAsync("ivo@acme.test");
        await scim.PatchAsync($"{Groups}/{created.String("id")}", $$"""{"op":"Add","path":"members","value":[{"$ref":null,"value":"{{user}}"}]}""");
        var read = (await scim.GetAsync($"{Groups}/{created.String("id")}?excludedAttributes=members")).Expect(HttpStatusCode.OK);
        Assert.Null(read.Body!["members"]);
        Assert.Equal("6f1a", read.String("externalId"));
        var found = await scim.ListAsync($"{Groups}?excludedAttributes=members&filter=displayName+eq+%22Harbour%22");
        Assert.Equal(1, found["totalResults"]!.GetValue<int>());
        Assert.Null(found["Resources"]![0]!["members"]);
        (await scim.PatchAsync($"{Groups}/{created.String("id")}", """{"op":"Replace","path":"displayName","value":"Quay"}""")).Expect(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Entra_adds_members_in_pages_and_removes_only_those_it_lists(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var group = await scim.GroupAsync("Harbour");
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            ids.Add(await scim.Backend.CreateUserAsync($"u{i}@acme.test"));
        }

        foreach (var page in ids.Chunk(10))
        {
            (await scim.PatchAsync($"{Groups}/{group}", $$"""{"op":"Add","path":"members","value":[{{Values(page)}}]}""")).Expect(HttpStatusCode.OK);
        }

        Assert.Equal(ids, await scim.MembersAsync(group));
        (await scim.PatchAsync($"{Groups}/{group}", $$"""{"op":"Remove","path":"members","value":[{{Values([ids[3], ids[17]])}}]}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(ids.Except([ids[3], ids[17]]), await scim.MembersAsync(group));
        Assert.Equal(1, (await scim.ListAsync($"{Groups}?filter=id+eq+%22{group}%22+and+members+eq+%22{ids[4]}%22"))["totalResults"]!.GetValue<int>());
        Assert.Equal(0, (await scim.ListAsync($"{Groups}?filter=id+eq+%22{group}%22+and+members+eq+%22{ids[3]}%22"))["totalResults"]!.GetValue<int>());
        // What is removed already may be removed again.
        (await scim.PatchAsync($"{Groups}/{group}", $$"""{"op":"Remove","path":"members","value":[{{Values([ids[3]])}}]}""")).Expect(HttpStatusCode.OK);
    }

    private static string Values(IEnumerable<string> ids) => string.Join(',', ids.Select(id => $$"""{"$ref":null,"value":"{{id}}"}"""));
}

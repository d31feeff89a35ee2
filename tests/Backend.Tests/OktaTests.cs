using System.Net;
using System.Text.Json.Nodes;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

/// <summary>What Okta sends, in the shapes its SCIM reference describes.</summary>
public sealed class OktaTests
{
    private const string Person = """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"nora@acme.test","name":{"givenName":"Nora","familyName":"Lind"},
         "emails":[{"primary":true,"value":"nora@acme.test","type":"work"}],"displayName":"Nora Lind","locale":"sv-SE","externalId":"00uNORA","groups":[],
         "password":"Tr1al-and-error","active":true}
        """;

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Okta_looks_a_user_up_by_name_first_and_creates_it_when_nobody_is_found(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var lookup = Users + "?filter=userName%20eq%20%22nora%40acme.test%22&startIndex=1&count=100";
        AssertJson(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}""",
            await scim.ListAsync(lookup));

        var created = (await scim.PostAsync(Users, Person)).Expect(HttpStatusCode.Created);

        var found = await scim.ListAsync(lookup);
        Assert.Equal(1, found["totalResults"]!.GetValue<int>());
        Assert.True(JsonNode.DeepEquals(created.Body, found["Resources"]![0]));
        Assert.DoesNotContain("Tr1al", created.Text, StringComparison.Ordinal);
        AssertError(await scim.PostAsync(Users, Person), HttpStatusCode.Conflict, "uniqueness");
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Okta_deactivates_with_a_pathless_replace(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = $"{Users}/{(await scim.PostAsync(Users, Person)).String("id")}";
        var off = (await scim.PatchAsync(user, """{"op":"replace","value":{"active":false}}""")).Expect(HttpStatusCode.OK);
        Assert.False(off.Body!["active"]!.GetValue<bool>());
        Assert.Equal("Nora Lind", off.String("displayName"));
        var on = (await scim.PatchAsync(user, """{"op":"replace","value":{"active":true}}""")).Expect(HttpStatusCode.OK);
        Assert.True(on.Body!["active"]!.GetValue<bool>());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Okta_puts_the_whole_user_it_read_back_with_one_change(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var id = (await scim.PostAsync(Users, Person)).String("id");
        await scim.GroupAsync("Crew", id);
        var read = (await scim.GetAsync($"{Users}/{id}")).Object;
        read["name"]!["familyName"] = "Lindqvist";
        read["displayName"] = "Nora Lindqvist";

        var put = (await scim.PutAsync($"{Users}/{id}", read.ToJsonString())).Expect(HttpStatusCode.OK);

        Assert.Equal("Lindqvist", put.Body!["name"]!["familyName"]!.GetValue<string>());
        Assert.Equal("00uNORA", put.String("externalId"));
        Assert.Equal("Member", put.String("userType"));
        Assert.Single(put.Body["groups"]!.AsArray());
        var off = put.Object;
        off["active"] = false;
        Assert.False((await scim.PutAsync($"{Users}/{id}", off.ToJsonString())).Expect(HttpStatusCode.OK).Body!["active"]!.GetValue<bool>());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Okta_puts_a_user_without_type_and_demotes_nobody(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var alice = await scim.Backend.AliceAsync();
        var put = (await scim.PutAsync($"{Users}/{alice}", Person.Replace("nora@", "alice@", StringComparison.Ordinal))).Expect(HttpStatusCode.OK);
        Assert.Equal("Admin", put.String("userType"));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Okta_renames_a_group_with_its_id_in_the_value(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync("nora@acme.test");
        var group = await scim.GroupAsync("Crew", user);
        var renamed = (await scim.PatchAsync($"{Groups}/{group}", $$$"""{"op":"replace","value":{"id":"{{{group}}}","displayName":"Deck crew"}}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("Deck crew", renamed.String("displayName"));
        Assert.Equal([user], await scim.MembersAsync(group));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Okta_pushes_memberships_in_one_patch_and_replaces_them_all_in_another(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (nora, omar, pia) = (await scim.UserAsync("nora@acme.test"), await scim.UserAsync("omar@acme.test"), await scim.UserAsync("pia@acme.test"));
        var group = await scim.GroupAsync("Crew", nora);
        (await scim.PatchAsync(
            $"{Groups}/{group}",
            $$"""{"op":"remove","path":"members[value eq \"{{nora}}\"]"},{"op":"add","path":"members","value":[{"value":"{{omar}}","display":"omar@acme.test"}]}""")).Expect(HttpStatusCode.OK);
        Assert.Equal([omar], await scim.MembersAsync(group));
        (await scim.PatchAsync(
            $"{Groups}/{group}",
            $$"""{"op":"replace","path":"members","value":[{"value":"{{pia}}","display":"pia@acme.test"},{"value":"{{nora}}","display":"nora@acme.test"}]}""")).Expect(HttpStatusCode.OK);
        Assert.Equal([pia, nora], await scim.MembersAsync(group));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Okta_puts_a_group_with_its_members(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (nora, omar) = (await scim.UserAsync("nora@acme.test"), await scim.UserAsync("omar@acme.test"));
        var group = await scim.GroupAsync("Crew", nora);
        (await scim.PutAsync($"{Groups}/{group}", $$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"{{group}}","displayName":"Crew 2",
             "members":[{"value":"{{nora}}","display":"nora@acme.test"},{"value":"{{omar}}","display":"omar@acme.test"}]}
            """)).Expect(HttpStatusCode.OK);
        Assert.Equal([nora, omar], await scim.MembersAsync(group));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Okta_imports_in_pages_of_100_whose_order_does_not_change(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        for (var i = 0; i < 205; i++)
        {
            await scim.Backend.CreateUserAsync($"u{i}@acme.test");
        }

        var seen = new List<string>();
        for (var start = 1; ; start += 100)
        {
            var page = await scim.ListAsync($"{Users}?startIndex={start}&count=100");
            Assert.Equal(207, page["totalResults"]!.GetValue<int>());
            Assert.Equal(start, page["startIndex"]!.GetValue<int>());
            seen.AddRange(page["Resources"]!.AsArray().Select(u => u!["id"]!.GetValue<string>()));
            if (page["itemsPerPage"]!.GetValue<int>() < 100)
            {
                break;
            }

            // A user that changes in the middle of an import keeps its place.
            await scim.PatchAsync($"{Users}/{seen[0]}", $$"""{"op":"add","path":"title","value":"{{start}}"}""");
        }

        Assert.Equal(207, seen.Distinct().Count());
        Assert.Equal(207, seen.Count);
        AssertJson(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}""",
            await scim.ListAsync($"{Groups}?startIndex=1&count=100"));
    }
}

using System.Net;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

public sealed class ScimGroupTests
{
    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_group_comes_back_whole_with_what_its_members_are(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var carol = await scim.UserAsync("c@acme.test", ",\"displayName\":\"Carol\"");
        var dave = await scim.UserAsync("d@acme.test");
        var inner = await scim.GroupAsync("Inner");

        var created = (await scim.PostAsync(Groups, $$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Engineering","externalId":"E-1",
             "members":[{"value":"{{carol}}","display":"not her name","type":"Group","$ref":"http://elsewhere"},{"value":"{{dave}}"},{"value":"{{inner}}"},{"value":"{{carol}}"}]}
            """)).Expect(HttpStatusCode.Created);

        var id = created.String("id");
        AssertJson(
            $$$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"{{{id}}}","externalId":"E-1","displayName":"Engineering",
             "members":[{"value":"{{{carol}}}","$ref":"{{{scim.Root}}}/Users/{{{carol}}}","type":"User","display":"Carol"},
                        {"value":"{{{dave}}}","$ref":"{{{scim.Root}}}/Users/{{{dave}}}","type":"User","display":"d@acme.test"},
                        {"value":"{{{inner}}}","$ref":"{{{scim.Root}}}/Groups/{{{inner}}}","type":"Group","display":"Inner"}],
             "meta":{"resourceType":"Group","created":"2026-08-01T12:00:00.000Z","lastModified":"2026-08-01T12:00:00.000Z","location":"{{{scim.Root}}}/Groups/{{{id}}}","version":"W/\"1\""}}
            """,
            created.Body);
        Assert.Equal($"{scim.Root}/Groups/{id}", created.Headers.Location!.ToString());
        Assert.Equal(created.Text, (await scim.GetAsync($"{Groups}/{id}")).Text);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_user_shows_its_groups_and_cannot_change_them(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync("c@acme.test");
        var (a, b) = (await scim.GroupAsync("A", user), await scim.GroupAsync("B", user));

        var shown = await scim.GetAsync($"{Users}/{user}");

        AssertJson(
            $$"""[{"value":"{{a}}","$ref":"{{scim.Root}}/Groups/{{a}}","display":"A","type":"direct"},{"value":"{{b}}","$ref":"{{scim.Root}}/Groups/{{b}}","display":"B","type":"direct"}]""",
            shown.Body!["groups"]);
        AssertError(await scim.PatchAsync($"{Users}/{user}", """{"op":"remove","path":"groups"}"""), HttpStatusCode.BadRequest, "mutability");
        var put = (await scim.PutAsync($"{Users}/{user}", """{"userName":"c@acme.test","groups":[]}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(2, put.Body!["groups"]!.AsArray().Count);
        Assert.Equal(["c@acme.test"], await scim.NamesAsync(Filter($"groups.value eq \"{a}\"")));
        Assert.Equal(["c@acme.test"], await scim.NamesAsync(Filter("groups[display eq \"b\"]")));
        Assert.Empty(await scim.NamesAsync(Filter("groups.display eq \"C\"")));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_deleted_user_leaves_its_groups_and_frees_its_name(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (user, other) = (await scim.UserAsync("c@acme.test"), await scim.UserAsync("d@acme.test"));
        var group = await scim.GroupAsync("A", user, other);
        scim.Backend.Time.Advance(TimeSpan.FromMinutes(1));

        (await scim.DeleteAsync($"{Users}/{user}")).Expect(HttpStatusCode.NoContent);

        var after = await scim.GetAsync($"{Groups}/{group}");
        Assert.Equal([other], await scim.MembersAsync(group));
        Assert.Equal("W/\"2\"", after.Body!["meta"]!["version"]!.GetValue<string>());
        Assert.Equal("2026-08-01T12:01:00.000Z", after.Body["meta"]!["lastModified"]!.GetValue<string>());
        AssertError(await scim.GetAsync($"{Users}/{user}"), HttpStatusCode.NotFound, null);
        await scim.UserAsync("c@acme.test");
        Assert.Null((await scim.GetAsync(Users + Filter("userName eq \"c@acme.test\""))).Body!["Resources"]![0]!["groups"]);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_user_deleted_through_the_admin_api_leaves_its_groups_too(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync("c@acme.test");
        var group = await scim.GroupAsync("A", user);
        (await scim.Backend.DeleteAsync("/api/v1/users/" + user)).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await scim.MembersAsync(group));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_deleted_group_leaves_its_members_and_the_groups_it_was_in(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync("c@acme.test");
        var inner = await scim.GroupAsync("Inner", user);
        var outer = await scim.GroupAsync("Outer", inner, user);

        (await scim.DeleteAsync($"{Groups}/{inner}")).Expect(HttpStatusCode.NoContent);

        Assert.Equal([user], await scim.MembersAsync(outer));
        Assert.Single((await scim.GetAsync($"{Users}/{user}")).Body!["groups"]!.AsArray());
        AssertError(await scim.DeleteAsync($"{Groups}/{inner}"), HttpStatusCode.NotFound, null);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Group_names_are_unique_ignoring_case_and_external_ids_are_not(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        await scim.PostAsync(Groups, """{"displayName":"Sales","externalId":"x"}""");
        AssertError(await scim.PostAsync(Groups, """{"displayName":"SALES"}"""), HttpStatusCode.Conflict, "uniqueness");
        var second = (await scim.PostAsync(Groups, """{"displayName":"Marketing","externalId":"x"}""")).Expect(HttpStatusCode.Created);
        AssertError(await scim.PutAsync($"{Groups}/{second.String("id")}", """{"displayName":"sales"}"""), HttpStatusCode.Conflict, "uniqueness");
        (await scim.PutAsync($"{Groups}/{second.String("id")}", """{"displayName":"MARKETING"}""")).Expect(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [EveryStore("""{"members":[]}""")]
    [EveryStore("""{"displayName":""}""")]
    [EveryStore("""{"displayName":["x"]}""")]
    [EveryStore("""{"displayName":"A","members":[{"value":"usr_nobody"}]}""")]
    [EveryStore("""{"displayName":"A","members":[{"display":"somebody"}]}""")]
    [EveryStore("""{"displayName":"A","members":[7]}""")]
    public async Task A_group_that_is_not_valid_is_refused_and_nothing_of_it_stays(StoreKind kind, string body)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        AssertError(await scim.PostAsync(Groups, body), HttpStatusCode.BadRequest, "invalidValue");
        Assert.Equal(0, (await scim.ListAsync(Groups))["totalResults"]!.GetValue<int>());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_put_replaces_the_members_and_one_that_changes_nothing_leaves_no_trace(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (a, b, c) = (await scim.UserAsync("a@x.test"), await scim.UserAsync("b@x.test"), await scim.UserAsync("c@x.test"));
        var group = $"{Groups}/{await scim.GroupAsync("A", a, b)}";
        scim.Backend.Time.Advance(TimeSpan.FromMinutes(1));

        var put = (await scim.PutAsync(group, $$"""{"displayName":"A","members":[{"value":"{{b}}"},{"value":"{{c}}"}]}""")).Expect(HttpStatusCode.OK);
        var again = (await scim.PutAsync(group, $$"""{"members":[{"value":"{{c}}"},{"value":"{{b}}"}],"displayName":"A"}""")).Expect(HttpStatusCode.OK);

        Assert.Equal("W/\"2\"", put.Body!["meta"]!["version"]!.GetValue<string>());
        Assert.Equal(put.Text, again.Text);
        Assert.Equal([b, c], put.Body["members"]!.AsArray().Select(m => m!["value"]!.GetValue<string>()));
        var cleared = (await scim.PutAsync(group, """{"displayName":"A"}""")).Expect(HttpStatusCode.OK);
        Assert.Null(cleared.Body!["members"]);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task What_a_group_shows_of_a_member_and_a_user_of_its_groups_changes_their_tags(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync("c@acme.test");
        var group = await scim.GroupAsync("A", user);
        var before = (await scim.GetAsync($"{Users}/{user}")).Headers.ETag!.ToString();

        await scim.PatchAsync($"{Users}/{user}", """{"op":"add","path":"displayName","value":"Carol"}""");
        var shown = await scim.GetAsync($"{Groups}/{group}");
        Assert.Equal("Carol", shown.Body!["members"]![0]!["display"]!.GetValue<string>());
        Assert.Equal("W/\"2\"", shown.Headers.ETag!.ToString());

        var named = (await scim.GetAsync($"{Users}/{user}")).Headers.ETag!.ToString();
        await scim.PatchAsync($"{Groups}/{group}", """{"op":"replace","path":"displayName","value":"B"}""");
        var renamed = await scim.GetAsync($"{Users}/{user}");
        Assert.Equal(3, new[] { before, named, renamed.Headers.ETag!.ToString() }.Distinct().Count());
        Assert.Equal("2026-08-01T12:00:00.000Z", renamed.Body!["meta"]!["lastModified"]!.GetValue<string>());
        // A write is held to the user's own version: the name of a group is nothing that it would overwrite.
        (await scim.SendAsync("PUT", $"{Users}/{user}", """{"userName":"c@acme.test"}""", ("If-Match", named))).Expect(HttpStatusCode.OK);
        AssertError(await scim.SendAsync("PUT", $"{Users}/{user}", """{"userName":"c@acme.test"}""", ("If-Match", named)), HttpStatusCode.PreconditionFailed, null);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_manager_who_is_a_user_is_shown_by_name(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var boss = await scim.UserAsync("boss@acme.test", ",\"displayName\":\"The Boss\"");
        var user = await scim.UserAsync("c@acme.test", $$$""","{{{Enterprise}}}":{"employeeNumber":"7","costCenter":"C","organization":"O","division":"V","department":"D","manager":{"value":"{{{boss}}}","displayName":"ignored"}}""");
        AssertJson(
            $$$"""{"employeeNumber":"7","costCenter":"C","organization":"O","division":"V","department":"D","manager":{"value":"{{{boss}}}","$ref":"{{{scim.Root}}}/Users/{{{boss}}}","displayName":"The Boss"}}""",
            (await scim.GetAsync($"{Users}/{user}")).Body![Enterprise]);
        AssertError(
            await scim.PatchAsync($"{Users}/{user}", $$"""{"op":"replace","path":"{{Enterprise}}:manager.displayName","value":"x"}"""), HttpStatusCode.BadRequest, "mutability");
        (await scim.DeleteAsync($"{Users}/{boss}")).Expect(HttpStatusCode.NoContent);
        AssertJson($$"""{"value":"{{boss}}"}""", (await scim.GetAsync($"{Users}/{user}")).Body![Enterprise]!["manager"]);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Groups_are_found_by_name_id_external_id_and_member(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (a, b) = (await scim.UserAsync("a@x.test"), await scim.UserAsync("b@x.test"));
        var first = await scim.GroupAsync("First (one)", a);
        var second = (await scim.PostAsync(Groups, $$"""{"displayName":"Second","externalId":"Ext","members":[{"value":"{{a}}"},{"value":"{{b}}"}]}""")).String("id");
        var third = await scim.GroupAsync("Third");
        (string Filter, string[] Expected)[] cases =
        [
            ("displayName eq \"FIRST (ONE)\"", [first]),
            ("displayName co \"s\"", [first, second]),
            ("externalId eq \"Ext\"", [second]),
            ("externalId eq \"ext\"", []),
            ($"id eq \"{second}\" and members eq \"{b}\"", [second]),
            ($"id eq \"{first}\" and members eq \"{b}\"", []),
            ($"members.value eq \"{a}\"", [first, second]),
            ($"members[value eq \"{b}\"]", [second]),
            ("members[display eq \"B@x.test\" and type eq \"user\"]", [second]),
            ("not (members pr)", [third]),
            ("members pr and not (externalId pr)", [first]),
            ("userName pr", []),
        ];
        foreach (var (filter, expected) in cases)
        {
            var found = await scim.ListAsync(Groups + Filter(filter));
            Assert.True(expected.SequenceEqual(found["Resources"]!.AsArray().Select(g => g!["id"]!.GetValue<string>())), filter);
            Assert.True(expected.Length == found["totalResults"]!.GetValue<int>(), filter);
        }
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Changes_of_groups_are_in_the_audit_log_with_the_members_that_came_and_went(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var (a, b) = (await scim.UserAsync("a@x.test"), await scim.UserAsync("b@x.test"));
        var group = await scim.GroupAsync("G", a);
        await scim.PatchAsync($"{Groups}/{group}", $$"""{"op":"add","path":"members","value":[{"value":"{{b}}"}]},{"op":"remove","path":"members[value eq \"{{a}}\"]"}""");
        await scim.DeleteAsync($"{Groups}/{group}");
        var events = (await scim.Backend.GetAsync("/api/v1/audit-events")).Items.Where(e => e!["targetType"]!.GetValue<string>() == "group").ToList();
        Assert.Equal(["group.create", "group.update", "group.delete"], events.Select(e => e!["action"]!.GetValue<string>()));
        Assert.All(events, e => Assert.StartsWith("token:tok_", e!["actor"]!.GetValue<string>(), StringComparison.Ordinal));
        AssertJson($$"""{"displayName":"G","version":1,"membersAdded":["{{a}}"]}""", events[0]!["after"]);
        AssertJson($$"""{"displayName":"G","version":2,"membersAdded":["{{b}}"],"membersRemoved":["{{a}}"]}""", events[1]!["after"]);
    }
}

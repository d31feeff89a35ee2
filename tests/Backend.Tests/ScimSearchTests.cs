using System.Net;
using System.Text.Json.Nodes;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

public sealed class ScimSearchTests
{
    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Paging_by_cursor_shows_everything_once_though_users_come_and_go(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await scim.UserAsync($"u{i}@x.test"));
        }

        var first = await scim.ListAsync(Users + "?cursor&count=4");
        Assert.Equal(9, first["totalResults"]!.GetValue<int>());
        Assert.Equal(4, first["itemsPerPage"]!.GetValue<int>());
        Assert.Null(first["startIndex"]);
        Assert.Matches("^[A-Za-z0-9_.~-]+$", first["nextCursor"]!.GetValue<string>());
        await scim.DeleteAsync($"{Users}/{ids[0]}");
        await scim.UserAsync("late@x.test");
        var seen = Names(first).Concat(await RestAsync(scim, first, "?count=4")).ToList();
        Assert.Equal(["alice@acme.test", "bob@acme.test", "u0@x.test", "u1@x.test", "u2@x.test", "u3@x.test", "u4@x.test", "u5@x.test", "u6@x.test", "late@x.test"], seen);
    }

    [SkippableTheory]
    [EveryStore("count=3")]
    [EveryStore("count=3&filter=userName%20ew%20%22x.test%22")]
    [EveryStore("count=2&sortBy=userName&sortOrder=descending")]
    [EveryStore("count=1&filter=active%20eq%20true")]
    [EveryStore("count=100")]
    public async Task A_cursor_walk_gives_what_paging_by_index_gives(StoreKind kind, string query)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        foreach (var name in (string[])["c", "a", "d", "b", "e"])
        {
            await scim.UserAsync($"{name}@x.test");
        }

        var expected = await scim.NamesAsync("?" + query.Replace("count=", "ignored=", StringComparison.Ordinal));
        var first = await scim.ListAsync($"{Users}?{query}&cursor=");
        Assert.Equal(expected, Names(first).Concat(await RestAsync(scim, first, "?" + query)));
        Assert.Equal(expected.Count, first["totalResults"]!.GetValue<int>());
    }

    [SkippableTheory]
    [EveryStore]
    public async Task A_cursor_fits_its_own_query_only_and_for_an_hour(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        await scim.UserAsync("c@x.test");
        var cursor = (await scim.ListAsync(Users + "?cursor=&count=1"))["nextCursor"]!.GetValue<string>();
        AssertError(await scim.GetAsync($"{Users}?cursor={cursor}&count=1&filter=active%20eq%20true"), HttpStatusCode.BadRequest, "invalidCursor");
        AssertError(await scim.GetAsync($"{Users}?cursor={cursor}&count=1&sortBy=userName"), HttpStatusCode.BadRequest, "invalidCursor");
        AssertError(await scim.GetAsync($"{Groups}?cursor={cursor}&count=1"), HttpStatusCode.BadRequest, "invalidCursor");
        AssertError(await scim.GetAsync($"{Users}?cursor={cursor[..^1]}&count=1"), HttpStatusCode.BadRequest, "invalidCursor");
        AssertError(await scim.GetAsync($"{Users}?cursor=nonsense!&count=1"), HttpStatusCode.BadRequest, "invalidCursor");
        AssertError(await scim.GetAsync($"{Users}?cursor={cursor}&startIndex=2"), HttpStatusCode.BadRequest, "invalidValue");
        AssertError(await scim.GetAsync($"{Users}?cursor=&count=0"), HttpStatusCode.BadRequest, "invalidCount");
        AssertError(await scim.GetAsync($"{Users}?cursor=&count=-1"), HttpStatusCode.BadRequest, "invalidCount");
        var timeout = (await scim.ListAsync("/scim/v2/ServiceProviderConfig"))["pagination"]!["cursorTimeout"]!.GetValue<int>();
        scim.Backend.Time.Advance(TimeSpan.FromSeconds(timeout));
        Assert.Single((await scim.ListAsync($"{Users}?cursor={cursor}&count=1"))["Resources"]!.AsArray());
        scim.Backend.Time.Advance(TimeSpan.FromSeconds(1));
        AssertError(await scim.GetAsync($"{Users}?cursor={cursor}&count=1"), HttpStatusCode.BadRequest, "expiredCursor");
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Results_are_sorted_by_any_attribute_in_its_own_sense_and_stably(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        await scim.UserAsync("1@x.test", """,  "title":"beta","externalId":"b","active":false,"emails":[{"value":"z@x.test"},{"value":"a@x.test","primary":true}],"name":{"familyName":"Y"}""");
        await scim.UserAsync("2@x.test", """,  "title":"Alpha","externalId":"B","emails":[{"value":"b@x.test"}],"name":{"familyName":"X"}""");
        await scim.UserAsync("3@x.test", """,  "title":"ALPHA","externalId":"a" """);
        (string Sort, string Expected)[] cases =
        [
            ("sortBy=title", "231ab"),
            ("sortBy=title&sortOrder=descending", "ab123"),
            ("sortBy=TITLE&sortOrder=Ascending", "231ab"),
            ("sortBy=externalId", "231ab"),
            ("sortBy=emails", "12ab3"),
            ("sortBy=emails.value", "12ab3"),
            ("sortBy=active", "1ab23"),
            ("sortBy=name.familyName", "21ab3"),
            ("sortBy=urn:ietf:params:scim:schemas:core:2.0:User:userName", "123ab"),
            ("sortBy=meta.created", "ab123"),
            ("sortBy=userType", "ab123"),
            ($"sortBy={Enterprise}:department", "ab123"),
            ("sortBy=title&startIndex=2&count=2", "31"),
            ("sortBy=title&startIndex=99", ""),
            ("sortBy=title&count=0", ""),
        ];
        foreach (var (sort, expected) in cases)
        {
            var names = await scim.NamesAsync("?" + sort);
            Assert.True(expected == string.Concat(names.Select(n => n[0])), $"{sort}: {string.Join(' ', names)}");
        }

        AssertError(await scim.GetAsync(Users + "?sortBy=unheardOf"), HttpStatusCode.BadRequest, "invalidValue");
        AssertError(await scim.GetAsync(Users + "?sortBy=a.b.c"), HttpStatusCode.BadRequest, "invalidValue");
        AssertError(await scim.GetAsync(Users + "?sortBy=title&sortOrder=sideways"), HttpStatusCode.BadRequest, "invalidValue");
    }

    [SkippableTheory]
    [EveryStore(Users)]
    [EveryStore("/scim/v2")]
    public async Task A_search_by_post_finds_what_the_same_search_by_get_finds(StoreKind kind, string path)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        await scim.UserAsync("c@x.test", ",\"title\":\"T\"");
        await scim.UserAsync("d@x.test", ",\"title\":\"T\"");
        await scim.GroupAsync("G");

        var byGet = await scim.GetAsync($"{path}?filter=title%20eq%20%22t%22&attributes=userName,title&startIndex=2&count=1&sortBy=userName&sortOrder=descending");
        var byPost = await scim.PostAsync(path + "/.search", """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"title eq \"t\"","attributes":["userName","title"],
             "startIndex":2,"count":1,"sortBy":"userName","sortOrder":"descending"}
            """);

        Assert.Equal(byGet.Expect(HttpStatusCode.OK).Text, byPost.Expect(HttpStatusCode.OK).Text);
        Assert.Equal("c@x.test", byPost.Body!["Resources"]![0]!["userName"]!.GetValue<string>());
        Assert.Equal(2, byPost.Body["totalResults"]!.GetValue<int>());
        var page = (await scim.PostAsync(path + "/.search", """{"cursor":"","count":1,"excludedAttributes":["emails"]}""")).Expect(HttpStatusCode.OK);
        var next = (await scim.PostAsync(path + "/.search", $$"""{"cursor":"{{page.String("nextCursor")}}","count":1}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("bob@acme.test", next.Body!["Resources"]![0]!["userName"]!.GetValue<string>());
    }

    [SkippableTheory]
    [EveryStore("""{"count":"x"}""", "invalidValue")]
    [EveryStore("""{"count":1.5}""", "invalidValue")]
    [EveryStore("""{"filter":7}""", "invalidFilter")]
    [EveryStore("""{"filter":{}}""", "invalidValue")]
    [EveryStore("""{"filter":"userName"}""", "invalidFilter")]
    [EveryStore("""{"attributes":"userName","excludedAttributes":"emails"}""", "invalidValue")]
    [EveryStore("""[]""", "invalidSyntax")]
    public async Task A_search_by_post_that_is_not_valid_says_so(StoreKind kind, string body, string scimType)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        AssertError(await scim.PostAsync(Users + "/.search", body), HttpStatusCode.BadRequest, scimType);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_query_at_the_root_finds_users_and_groups_by_index_and_by_cursor(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync("c@x.test", ",\"displayName\":\"Same\",\"externalId\":\"E\"");
        await scim.GroupAsync("Same", user);
        await scim.GroupAsync("Other");

        var all = await scim.ListAsync("/scim/v2");
        Assert.Equal(5, all["totalResults"]!.GetValue<int>());
        Assert.Equal(["User", "User", "User", "Group", "Group"], all["Resources"]!.AsArray().Select(r => r!["meta"]!["resourceType"]!.GetValue<string>()));
        Assert.Equal(["User", "Group"], await TypesAsync(scim, Filter("displayName eq \"same\"")));
        Assert.Equal(["Group", "Group"], await TypesAsync(scim, Filter("meta.resourceType eq \"Group\"")));
        Assert.Equal(["Group"], await TypesAsync(scim, Filter("members pr")));
        Assert.Equal(["User"], await TypesAsync(scim, Filter("externalId eq \"E\"")));
        Assert.Equal(["User", "Group"], await TypesAsync(scim, "?startIndex=3&count=2"));
        Assert.Equal(["Group"], await TypesAsync(scim, "?startIndex=5&count=2"));
        Assert.Equal(["User", "User", "User", "Group", "Group"], await TypesAsync(scim, "?sortBy=displayName&sortOrder=descending"));
        Assert.Equal(["Group", "User", "Group", "User", "User"], await TypesAsync(scim, "?sortBy=displayName"));
        var (seen, page) = (new List<string>(), await scim.ListAsync("/scim/v2?cursor=&count=2&excludedAttributes=members"));
        while (true)
        {
            seen.AddRange(page["Resources"]!.AsArray().Select(r => r!["id"]!.GetValue<string>()));
            if (page["nextCursor"] is not { } next)
            {
                break;
            }

            page = await scim.ListAsync($"/scim/v2?cursor={next}&count=2&excludedAttributes=members");
        }

        Assert.Equal(all["Resources"]!.AsArray().Select(r => r!["id"]!.GetValue<string>()), seen);
    }

    [SkippableTheory]
    [EveryStore("", 7, 1, 7)]
    [EveryStore("?startIndex=6&count=100", 7, 6, 2)]
    [EveryStore("?startIndex=0", 7, 1, 7)]
    [EveryStore("?startIndex=-5&count=2", 7, 1, 2)]
    [EveryStore("?count=0", 7, 1, 0)]
    [EveryStore("?count=-1", 7, 1, 0)]
    [EveryStore("?startIndex=8", 7, 8, 0)]
    [EveryStore("?startIndex=9223372036854775807&count=9223372036854775807", 7, 9223372036854775807, 0)]
    public async Task Pages_by_index_begin_at_one_and_take_any_number(StoreKind kind, string query, int total, long start, int count)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        for (var i = 0; i < 7; i++)
        {
            await scim.GroupAsync($"G{i}");
        }

        var page = await scim.ListAsync(Groups + query);
        Assert.Equal(total, page["totalResults"]!.GetValue<int>());
        Assert.Equal(start, page["startIndex"]!.GetValue<long>());
        Assert.Equal(count, page["itemsPerPage"]!.GetValue<int>());
        Assert.Equal(count, page["Resources"]!.AsArray().Count);
        Assert.Null(page["nextCursor"]);
    }

    [SkippableTheory]
    [EveryStore("attributes=userName", """{"userName":"c@x.test"}""")]
    [EveryStore("attributes=USERNAME,urn:ietf:params:scim:schemas:core:2.0:User:title", """{"userName":"c@x.test","title":"T"}""")]
    [EveryStore("attributes=name.givenName", """{"name":{"givenName":"G"}}""")]
    [EveryStore("attributes=emails.value", """{"emails":[{"value":"w@x.test"},{"value":"h@x.test"}]}""")]
    [EveryStore("attributes=emails.primary", """{"emails":[{"primary":true}]}""")]
    [EveryStore("attributes=emails.display,unheardOf,a..b,nickName", "{}")]
    [EveryStore("attributes=password", "{}")]
    [EveryStore("attributes=" + Enterprise, "{\"" + Enterprise + "\":{\"department\":\"D\",\"division\":\"V\"}}")]
    [EveryStore("attributes=" + Enterprise + ":department", "{\"" + Enterprise + "\":{\"department\":\"D\"}}")]
    [EveryStore("excludedAttributes=userName,name,emails,title,active,userType,meta," + Enterprise, "{}")]
    [EveryStore("excludedAttributes=schemas,id,userName,emails,title,active,userType,meta,name.givenName," + Enterprise + ":department", "{\"name\":{\"familyName\":\"F\"},\"" + Enterprise + "\":{\"division\":\"V\"}}")]
    [EveryStore("excludedAttributes=userName,name.givenName,name.familyName,title,active,userType,meta,emails.type,emails.primary," + Enterprise, """{"emails":[{"value":"w@x.test"},{"value":"h@x.test"}]}""")]
    public async Task What_is_asked_for_is_shown_and_id_and_schemas_always(StoreKind kind, string query, string expected)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync(
            "c@x.test",
            $$""","title":"T","password":"p","name":{"givenName":"G","familyName":"F"},"emails":[{"value":"w@x.test","type":"work","primary":true},{"value":"h@x.test","type":"home"}],"{{Enterprise}}":{"department":"D","division":"V"}""");
        var shown = (await scim.GetAsync($"{Users}/{user}?{query}")).Expect(HttpStatusCode.OK);
        var listed = (await scim.ListAsync($"{Users}?filter=userName%20eq%20%22c@x.test%22&{query}"))["Resources"]![0]!;
        Assert.True(JsonNode.DeepEquals(shown.Body, listed));
        Assert.Equal(user, shown.String("id"));
        Assert.NotEmpty(shown.Body!["schemas"]!.AsArray());
        shown.Object.Remove("id");
        shown.Object.Remove("schemas");
        AssertJson(expected, shown.Body);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Writes_answer_with_what_is_asked_for_too(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var created = (await scim.PostAsync(Users + "?attributes=userName", """{"userName":"c@x.test","title":"T"}""")).Expect(HttpStatusCode.Created);
        Assert.Equal(["schemas", "id", "userName"], created.Object.Select(p => p.Key));
        var path = $"{Users}/{created.String("id")}?excludedAttributes=meta,title";
        Assert.Equal(["schemas", "id", "userName", "userType", "active"], (await scim.PutAsync(path, """{"userName":"c@x.test","title":"U"}""")).Object.Select(p => p.Key));
        Assert.Equal(["schemas", "id", "userName", "userType", "active"], (await scim.PatchAsync(path, """{"op":"add","path":"title","value":"V"}""")).Object.Select(p => p.Key));
        AssertError(await scim.GetAsync($"{Users}?attributes=userName&excludedAttributes=title"), HttpStatusCode.BadRequest, "invalidValue");
    }

    private static async Task<IEnumerable<string>> TypesAsync(ScimWorld scim, string query) =>
        (await scim.ListAsync("/scim/v2" + query))["Resources"]!.AsArray().Select(r => r!["meta"]!["resourceType"]!.GetValue<string>());

    private static IEnumerable<string> Names(JsonNode page) => page["Resources"]!.AsArray().Select(u => u!["userName"]!.GetValue<string>());

    private static async Task<IReadOnlyList<string>> RestAsync(ScimWorld scim, JsonNode page, string query)
    {
        var names = new List<string>();
        while (page["nextCursor"] is { } cursor)
        {
            page = await scim.ListAsync($"{Users}{query}&cursor={cursor}");
            names.AddRange(Names(page));
        }

        return names;
    }
}

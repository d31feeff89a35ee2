using System.Net;
using static ScimOperator.Backend.Tests.ScimWorld;

namespace ScimOperator.Backend.Tests;

/// <summary>What the npm server scimmy is known to get wrong, and this one must not.</summary>
public sealed class ScimmyFailureTests
{
    [SkippableTheory]
    [EveryStore("title eq \"Captain\"", 1)]
    [EveryStore("name.familyName co \"nd\"", 1)]
    [EveryStore("emails.value ew \"@acme.test\"", 1)]
    [EveryStore("emails[type eq \"work\"]", 1)]
    [EveryStore("nickName pr", 0)]
    [EveryStore("nickName eq \"x\" or title sw \"cap\"", 1)]
    [EveryStore(Enterprise + ":department eq \"Docks\"", 1)]
    [EveryStore(Enterprise + ":manager.value eq \"x\"", 0)]
    [EveryStore("meta.created gt \"2020-01-01T00:00:00Z\"", 3)]
    public async Task A_filter_on_an_attribute_that_some_users_lack_finds_those_that_have_it(StoreKind kind, string filter, int expected)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        await scim.UserAsync("c@acme.test", $$$""","title":"Captain","name":{"familyName":"Lind"},"emails":[{"value":"c@acme.test","type":"work"}],"{{{Enterprise}}}":{"department":"Docks"}""");
        Assert.Equal(expected, (await scim.NamesAsync(Filter(filter))).Count);
    }

    [SkippableTheory]
    [EveryStore("\"True\"", true)]
    [EveryStore("\"False\"", false)]
    [EveryStore("\"true\"", true)]
    [EveryStore("\"false\"", false)]
    public async Task A_boolean_written_as_text_is_taken_at_every_door(StoreKind kind, string value, bool expected)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var created = (await scim.PostAsync(Users, $$$"""{"userName":"c@x.test","active":{{{value}}},"emails":[{"value":"c@x.test","primary":{{{value}}}}]}""")).Expect(HttpStatusCode.Created);
        Assert.Equal(expected, created.Body!["active"]!.GetValue<bool>());
        Assert.Equal(expected, created.Body["emails"]![0]!["primary"]!.GetValue<bool>());
        var path = $"{Users}/{created.String("id")}";
        Assert.Equal(expected, (await scim.PutAsync(path, $$"""{"userName":"c@x.test","active":{{value}}}""")).Expect(HttpStatusCode.OK).Body!["active"]!.GetValue<bool>());
        Assert.Equal(expected, (await scim.PatchAsync(path, $$"""{"op":"replace","path":"active","value":{{value}}}""")).Expect(HttpStatusCode.OK).Body!["active"]!.GetValue<bool>());
        Assert.Contains("c@x.test", await scim.NamesAsync(Filter($"active eq {value}")));
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Every_location_is_absolute(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        var user = await scim.UserAsync("c@x.test");
        var group = await scim.GroupAsync("G", user);
        foreach (var path in (string[])[$"{Users}/{user}", $"{Groups}/{group}", "/scim/v2/ServiceProviderConfig", "/scim/v2/ResourceTypes/User", "/scim/v2/Schemas/" + Enterprise])
        {
            var location = (await scim.ListAsync(path))["meta"]!["location"]!.GetValue<string>();
            Assert.Equal(scim.Backend.Url.GetLeftPart(UriPartial.Authority) + path, location);
            (await scim.GetAsync(location)).Expect(HttpStatusCode.OK);
        }

        Assert.StartsWith("http://", (await scim.GetAsync($"{Users}/{user}")).Body!["groups"]![0]!["$ref"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True((await scim.PostAsync(Users, """{"userName":"d@x.test"}""")).Headers.Location!.IsAbsoluteUri);
    }

    [SkippableTheory]
    [EveryStore]
    public async Task Count_and_start_index_are_heeded_whoever_parses_the_query(StoreKind kind)
    {
        await using var scim = await ScimWorld.StartAsync(kind);
        for (var i = 0; i < 5; i++)
        {
            await scim.UserAsync($"u{i}@x.test");
        }

        Assert.Equal(["u1@x.test", "u2@x.test"], await scim.NamesAsync("?startIndex=4&count=2"));
        Assert.Equal(["u1@x.test", "u2@x.test"], await scim.NamesAsync("?StartIndex=4&COUNT=2"));
        Assert.Equal(["u4@x.test"], await scim.NamesAsync("?count=1&startIndex=5&filter=userName%20sw%20%22u%22"));
    }
}

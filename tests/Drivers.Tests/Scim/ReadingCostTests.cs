using ScimOperator.Drivers.Scim;

namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>A reading costs pages, and what was learnt of a provider is not asked again.</summary>
public sealed class ReadingCostTests
{
    [Fact]
    public async Task Once_totals_were_right_a_reading_costs_its_pages_and_no_more()
    {
        await using var provider = await QuirkyProvider.StartAsync(Quirk.SmallMaxResults);
        using var http = new HttpClient();
        var driver = await WithUsersAsync(provider, http, 12);
        await driver.GetAccountAsync(default);
        await driver.ListUsersAsync(default);
        var before = provider.Calls.Count;
        Assert.Equal(12, (await driver.ListUsersAsync(default)).Count);
        Assert.Equal(
            ["GET /v2/Users?startIndex=1&count=3", "GET /v2/Users?startIndex=4&count=3", "GET /v2/Users?startIndex=7&count=3", "GET /v2/Users?startIndex=10&count=3"],
            provider.Calls.Skip(before));
    }

    [Fact]
    public async Task Once_a_filter_was_seen_to_ignore_case_its_empty_answer_is_one_call()
    {
        await using var provider = await QuirkyProvider.StartAsync(Quirk.None);
        using var http = new HttpClient();
        var driver = await WithUsersAsync(provider, http, 3);
        Assert.Null(await driver.FindUserAsync("nobody@acme.test", default));
        var before = provider.Calls.Count;
        Assert.Null(await driver.FindUserAsync("nobody@acme.test", default));
        Assert.Single(provider.Calls.Skip(before));
    }

    [Fact]
    public async Task Once_PATCH_was_refused_it_is_not_tried_again()
    {
        await using var provider = await QuirkyProvider.StartAsync(Quirk.Patch501);
        using var http = new HttpClient();
        var driver = await WithUsersAsync(provider, http, 1);
        await driver.UpdateUserAsync("id-1", new UserPatch(DisplayName: "A"), null, default);
        await driver.UpdateUserAsync("id-1", new UserPatch(DisplayName: "B"), null, default);
        Assert.Single(provider.Calls, c => c.StartsWith("PATCH", StringComparison.Ordinal));
        Assert.False((await driver.GetAccountAsync(default)).Capabilities.Scim!.Patch);
    }

    private static async Task<ScimDriver> WithUsersAsync(QuirkyProvider provider, HttpClient http, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await provider.CreateAsync($$"""{"userName":"u{{i}}@acme.test","active":true}""");
        }

        return new ScimDriver(
            new DriverConnection(http, provider.Url, provider.Token, new AccountGate(TimeProvider.System, new Random(1)), TimeProvider.System, TimeSpan.FromSeconds(20)),
            new UserTypeMapping(null));
    }
}

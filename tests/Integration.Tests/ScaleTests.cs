using System.Globalization;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>An account of ten thousand declared users, measured by the calls it gets: pages, not objects.</summary>
[Collection(OwnPlaneCollection.Name)]
public sealed class ScaleTests(OwnPlaneFixture fixture)
{
    private const int Count = 10_000;

    /// <summary>alice and bob, who are there from the start.</summary>
    private const int Seeded = 2;
    private const int PageSize = 1_000;

    private static readonly ParallelOptions Busy = new() { MaxDegreeOfParallelism = 16 };

    [SkippableFact]
    public async Task Ten_thousand_users_are_adopted_without_a_write_and_cost_pages_on_resync_and_restart()
    {
        await using var backend = await BackendProcess.StartAsync();
        await using var proxy = await BackendProxy.StartAsync(backend);
        await Parallel.ForEachAsync(Names(), Busy, async (name, _) => (await backend.PostAsync(
            "/api/v1/users", $$"""{"email":"{{Tenant.Email(name)}}","userType":"Member","displayName":"{{name}}"}""")).Succeeded());

        Tenant tenant;
        await using (await RunningOperator.StartAsync(fixture.Installation))
        {
            tenant = await Tenant.ReadyAsync(fixture.Kube, backend, proxy.Url);
            proxy.Forget();
            await Parallel.ForEachAsync(Names(), Busy, async (name, _) => (await tenant.CreateUserAsync(name, "Member")).Succeeded());
            await Parallel.ForEachAsync(Names(), Busy, async (name, _) => await tenant.WaitReadyAsync(Tenant.Users, name));
            Assert.DoesNotContain(proxy.Calls, call => !call.StartsWith("GET ", StringComparison.Ordinal));

            proxy.Forget();
            await tenant.ResyncAsync();
            Assert.Equal(Pages(), proxy.CallCounts);

            await DriftAsync(tenant, backend, proxy);
            proxy.Forget();
        }

        await using (await RunningOperator.StartAsync(fixture.Installation))
        {
            // What comes after the restart is done when this one is: it is last in the queue.
            (await tenant.CreateUserAsync("sentinel")).Succeeded();
            await tenant.WaitReadyAsync(Tenant.Users, "sentinel");
            Assert.Equal(new Dictionary<string, int>(Pages()) { ["POST /api/v1/users"] = 1 }, proxy.CallCounts);
        }
    }

    /// <summary>What was changed by hand is found in the pages, and only that is written.</summary>
    private static async Task DriftAsync(Tenant tenant, BackendProcess backend, BackendProxy proxy)
    {
        foreach (var name in Names().Take(3))
        {
            var id = (await backend.UserAsync(name))["id"]!.GetValue<string>();
            (await backend.PatchAsync($"/api/v1/users/{id}", """{"userType":"Guest","active":false}""")).Succeeded();
        }

        proxy.Forget();
        await tenant.ResyncAsync();
        foreach (var name in Names().Take(3))
        {
            await Eventually.HoldsAsync(
                async () => await backend.UserAsync(name) is var user && user["userType"]!.GetValue<string>() == "Member" && user["active"]!.GetValue<bool>() ? null : user.ToJsonString(),
                $"{name} is a Member again");
        }

        Assert.Equal(new Dictionary<string, int>(Pages()) { ["PATCH /api/v1/users/{id}"] = 3 }, proxy.CallCounts);
    }

    private static IEnumerable<string> Names() => Enumerable.Range(0, Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"user-{n:00000}"));

    private static Dictionary<string, int> Pages() => new()
    {
        ["GET /api/v1/account"] = 1,
        ["GET /api/v1/scim-tokens"] = 1,
        ["GET /api/v1/users"] = (Count + Seeded + PageSize - 1) / PageSize,
    };
}

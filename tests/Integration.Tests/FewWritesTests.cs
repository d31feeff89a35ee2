using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>How many requests the work takes, by the API server's own audit log and by a proxy before the account.</summary>
[Collection(OwnPlaneCollection.Name)]
public sealed class FewWritesTests(OwnPlaneFixture fixture)
{
    private const int Count = 200;

    [SkippableFact]
    public async Task A_token_costs_two_writes_and_one_call_a_restart_none_and_a_resync_pages()
    {
        var audit = fixture.Audit;
        await using var backend = await BackendProcess.StartAsync();
        await using var proxy = await BackendProxy.StartAsync(backend);
        Tenant tenant;
        await using (await RunningOperator.StartAsync(fixture.Installation))
        {
            tenant = await Tenant.ReadyAsync(fixture.Kube, backend, proxy.Url);
            audit.Mark();
            proxy.Forget();
            for (var i = 0; i < Count; i++)
            {
                (await tenant.CreateTokenAsync($"token-{i:000}", i % 2 == 0 ? "alice" : "bob")).Succeeded();
            }

            await AllReadyAsync(tenant, Count);
            Assert.Equal(Count, Writes(audit, tenant)["create secrets"]);
            Assert.Equal(Count, Writes(audit, tenant)["patch scimtokens/status"]);
            Assert.Empty(Writes(audit, tenant).Keys.Except(["create secrets", "patch scimtokens/status", "patch accounts/status", "patch accountusers/status"]));
            Assert.DoesNotContain(audit.Requests(tenant.Namespace), request => request.StartsWith("get ", StringComparison.Ordinal));
            Assert.Equal(new Dictionary<string, int> { ["POST /api/v1/scim-tokens"] = Count }, proxy.CallCounts);

            await ResyncAsync(tenant, proxy, audit);
        }

        await using (await StartMarkedAsync(audit, proxy))
        {
            // What comes after the restart is done when this one is: it is last in the queue.
            (await tenant.CreateTokenAsync("sentinel", "alice")).Succeeded();
            await AllReadyAsync(tenant, Count + 1);
            Assert.Equal(1, Writes(audit, tenant)["create secrets"]);
            Assert.Equal(1, Writes(audit, tenant)["patch scimtokens/status"]);
            Assert.DoesNotContain("patch scimtokens", Writes(audit, tenant).Keys);
            Assert.Equal(1, Writes(audit, tenant)["patch accountusers/status"]);
            AssertPagesOnly(proxy, mints: 1);
            Assert.DoesNotContain(audit.Requests(tenant.Namespace), request => request.StartsWith("get scimtokens", StringComparison.Ordinal));
            Assert.Equal(1, audit.Requests(tenant.Namespace).Count(request => request == "get secrets"));
        }
    }

    private async Task<RunningOperator> StartMarkedAsync(AuditLog audit, BackendProxy proxy)
    {
        audit.Mark();
        proxy.Forget();
        return await RunningOperator.StartAsync(fixture.Installation);
    }

    private static async Task ResyncAsync(Tenant tenant, BackendProxy proxy, AuditLog audit)
    {
        audit.Mark();
        proxy.Forget();
        await tenant.ResyncAsync();
        AssertPagesOnly(proxy, mints: 0);
        Assert.Equal(["patch accounts/status"], Writes(audit, tenant).Keys);
    }

    /// <summary>The account itself, one page of users and one of tokens (pages hold 1,000).</summary>
    private static void AssertPagesOnly(BackendProxy proxy, int mints)
    {
        var calls = proxy.CallCounts;
        Assert.Equal(mints, calls.GetValueOrDefault("POST /api/v1/scim-tokens"));
        calls.Remove("POST /api/v1/scim-tokens");
        Assert.Equal(
            new Dictionary<string, int> { ["GET /api/v1/account"] = 1, ["GET /api/v1/scim-tokens"] = 1, ["GET /api/v1/users"] = 1 },
            calls);
    }

    /// <summary>All Ready, and the counts in the statuses, which are the last to follow, say so too.</summary>
    private static async Task AllReadyAsync(Tenant tenant, int count)
    {
        await Eventually.HoldsAsync(async () =>
        {
            var tokens = await tenant.Kube.ListAsync(tenant.Path(Tenant.Tokens));
            var ready = tokens.Count(token => Tenant.Condition(token, "Ready")?["status"]?.GetValue<string>() == "True");
            var users = await tenant.Kube.ListAsync(tenant.Path(Tenant.Users));
            var held = users.Sum(user => user["status"]?["heldTokenCount"]?.GetValue<int>() ?? 0);
            var known = (await tenant.GetAsync(Tenant.Accounts, "acme"))["status"]!["tokens"]!.GetValue<int>();
            return (ready, held, known) == (count, count, count) ? null : $"{ready} Ready, {held} held, {known} known";
        }, $"{count} tokens are Ready and counted");
    }

    private static Dictionary<string, int> Writes(AuditLog audit, Tenant tenant) =>
        audit.Writes(tenant.Namespace).CountBy(write => write).ToDictionary();
}

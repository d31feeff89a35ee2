using System.Net;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>The API server is killed and comes back.</summary>
[Collection(OwnPlaneCollection.Name)]
public sealed class ApiServerFaultTests(OwnPlaneFixture fixture)
{
    [SkippableFact]
    public async Task An_informer_whose_version_is_too_old_lists_again_and_tells_of_deletions_it_missed()
    {
        var plane = fixture.Kube.Plane;
        var ns = await fixture.Kube.CreateNamespaceAsync();
        var maps = new ConfigMaps(fixture.Kube, ns);
        await maps.CreateAsync("a", "b", "c");
        await using var network = new TcpProxy(plane.Server.Port);
        using var through = Clients.Through(plane, network);
        var client = new CountingClient(through);
        await using var informer = new ConfigMapInformer(client, ns);
        await informer.HoldsAsync("a b c");
        network.Block();
        await maps.DeleteAsync("b");
        await maps.LabelAsync("c", "changed");
        await maps.CreateAsync("d");
        // A new API server's watch cache begins now: it answers 410 to a version from before.
        await plane.KillApiServerAsync();
        await plane.StartApiServerAsync();
        network.Unblock();
        await informer.HoldsAsync("a c d");
        await informer.ToldAsync(3 + 3);
        Assert.Equal(2, client.Lists);
        Assert.Equal(["+d", "-b", "~c"], informer.Told.Skip(3).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task The_operator_gets_over_it_by_itself_and_misses_nothing()
    {
        var plane = fixture.Kube.Plane;
        // Without an election: with one, a process that has lost its lease ends, and is started again by its Deployment.
        await using var running = await RunningOperator.StartAsync(fixture.Installation, webhooks: false, leaderElect: false);
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var first = await tenant.TokenValueAsync("okta-scim");

        await plane.KillApiServerAsync();
        await plane.StartApiServerAsync();
        (await fixture.Kube.DeleteAsync(Kube.Core(tenant.Namespace, "secrets", "okta-scim"))).Succeeded();
        (await tenant.CreateTokenAsync("entra", "bob")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "entra");
        var value = "";
        await Eventually.HoldsAsync(async () =>
        {
            var answer = await fixture.Kube.GetAsync(Kube.Core(tenant.Namespace, "secrets", "okta-scim"));
            value = answer.Ok ? Tenant.Value(answer.Body, "token") : first;
            return value == first ? answer.Status.ToString() : null;
        }, "the lost Secret is published anew");
        Assert.Equal(HttpStatusCode.OK, await backend.UseAsync(value));
    }
}

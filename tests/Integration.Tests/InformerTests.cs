using ScimOperator.ControlPlanes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>The informer against a real API server and a network that breaks.</summary>
public sealed class InformerTests(ControlPlaneFixture fixture) : IClassFixture<ControlPlaneFixture>
{
    private readonly ControlPlane plane = fixture.Plane;
    private readonly Kube kube = new(fixture.Plane);

    [Fact]
    public async Task Lists_in_pages_and_sees_what_is_added_changed_and_deleted()
    {
        var ns = await kube.CreateNamespaceAsync();
        var maps = new ConfigMaps(kube, ns);
        await maps.CreateAsync("a", "b", "c", "d", "e");
        using var direct = Clients.Direct(plane);
        var client = new CountingClient(direct);
        await using var informer = new ConfigMapInformer(client, ns, pageSize: 2);
        await informer.HoldsAsync("a b c d e");
        Assert.True(client.Pages >= 3, $"{client.Pages} pages of at most 2 can't hold 5 objects");
        Assert.Equal(1, client.Lists);

        await maps.CreateAsync("f");
        await maps.LabelAsync("a", "changed");
        await maps.DeleteAsync("b");
        await informer.HoldsAsync("a c d e f");
        await informer.ToldAsync(5 + 3);
        Assert.Equal(["+f", "~a", "-b"], informer.Told.Skip(5));
        Assert.Equal("changed", informer.Informer.Indexer.Get(new(ns, "a"))!.Metadata.Labels!["l"]);
        Assert.Equal(1, client.Lists);
    }

    [Fact]
    public async Task Goes_on_where_a_broken_watch_ended_without_listing_again_or_losing_anything()
    {
        var ns = await kube.CreateNamespaceAsync();
        var maps = new ConfigMaps(kube, ns);
        await maps.CreateAsync("a", "b");
        await using var network = new TcpProxy(plane.Server.Port);
        using var through = Clients.Through(plane, network);
        var client = new CountingClient(through);
        await using var informer = new ConfigMapInformer(client, ns);
        await informer.HoldsAsync("a b");
        await maps.CreateAsync("c");
        await informer.HoldsAsync("a b c");

        var watches = client.Watches;
        network.Block();
        await maps.CreateAsync("d");
        await maps.LabelAsync("a", "while-away");
        await maps.DeleteAsync("b");
        await maps.CreateAsync("short-lived");
        await maps.DeleteAsync("short-lived");
        await Eventually.HoldsAsync(() => client.Watches > watches, "the broken watch is tried again");
        Assert.Equal("a b c", informer.Names);
        network.Unblock();
        await informer.HoldsAsync("a c d");
        await informer.ToldAsync(3 + 5);
        Assert.Equal(["+d", "~a", "-b", "+short-lived", "-short-lived"], informer.Told.Skip(3));
        Assert.Equal(1, client.Lists);
    }

    [Fact]
    public async Task Is_cut_again_and_again_and_still_misses_nothing()
    {
        const int Count = 20;
        var ns = await kube.CreateNamespaceAsync();
        var maps = new ConfigMaps(kube, ns);
        await using var network = new TcpProxy(plane.Server.Port);
        using var through = Clients.Through(plane, network);
        await using var informer = new ConfigMapInformer(through, ns);
        await informer.HoldsAsync("");
        for (var i = 0; i < Count; i++)
        {
            await maps.CreateAsync($"m{i:00}");
            network.Cut();
        }

        await informer.HoldsAsync(string.Join(' ', Enumerable.Range(0, Count).Select(i => $"m{i:00}")));
        await informer.ToldAsync(Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"+m{i:00}"), informer.Told);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using ScimOperator.ApiMachinery;
using ScimOperator.ControlPlanes;
using ScimOperator.Integration.Tests.Harness;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.LeaderElection;

namespace ScimOperator.Integration.Tests;

/// <summary>Candidates for one Lease on a real API server.</summary>
public sealed class LeaderElectionTests(ControlPlaneFixture fixture) : IClassFixture<ControlPlaneFixture>
{
    private readonly Kube kube = new(fixture.Plane);
    private int leading;
    private int mostAtOnce;

    [Fact]
    public async Task When_the_leader_is_gone_without_a_word_the_other_takes_over_and_never_do_two_lead()
    {
        var ns = await kube.CreateNamespaceAsync();
        await using var network = new TcpProxy(fixture.Plane.Server.Port);
        using var cutOff = Clients.Through(fixture.Plane, network);
        using var healthy = Clients.Direct(fixture.Plane);
        using var stop = new CancellationTokenSource();
        var first = Run(cutOff, ns, "first", TimeSpan.FromSeconds(6), stop.Token);
        await first.Leads;
        var second = Run(healthy, ns, "second", TimeSpan.FromSeconds(6), stop.Token);
        network.Block();
        await second.Leads.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        Assert.Equal(LeadershipEnd.LeadershipLost, await first.Ends);
        Assert.Equal("second", await HolderAsync(ns));
        Assert.Equal(1, mostAtOnce);
        await stop.CancelAsync();
        Assert.Equal(LeadershipEnd.Stopped, await second.Ends);
    }

    [Fact]
    public async Task A_leader_that_stops_releases_the_Lease_and_the_other_need_not_wait_for_its_end()
    {
        var ns = await kube.CreateNamespaceAsync();
        using var client = Clients.Direct(fixture.Plane);
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        // Longer than the test may take: only the release can let the second one lead.
        var lease = TimeSpan.FromHours(1);
        var first = Run(client, ns, "first", lease, stopFirst.Token);
        await first.Leads;
        var second = Run(client, ns, "second", lease, stopSecond.Token);
        await stopFirst.CancelAsync();
        Assert.Equal(LeadershipEnd.Stopped, await first.Ends);
        await second.Leads.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        Assert.Equal(1, mostAtOnce);
        await stopSecond.CancelAsync();
        Assert.Equal(LeadershipEnd.Stopped, await second.Ends);
        Assert.Equal("", await HolderAsync(ns) ?? "");
    }

    private (Task Leads, Task<LeadershipEnd> Ends) Run(KubeClient client, string ns, string name, TimeSpan lease, CancellationToken stop)
    {
        var leads = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var elector = new LeaderElector(client, new LeaderElectionOptions
        {
            Lease = new ObjectKey(ns, "lease"),
            Identity = name,
            LeaseDuration = lease,
            RenewDeadline = lease * 2 / 3,
            RetryPeriod = TimeSpan.FromMilliseconds(300),
        }, TimeProvider.System, NullLoggerFactory.Instance);
        return (leads.Task, Task.Run(() => elector.RunAsync(lost => LeadAsync(leads, lost, stop), stop), CancellationToken.None));
    }

    private async Task LeadAsync(TaskCompletionSource leads, CancellationToken lost, CancellationToken stop)
    {
        var now = Interlocked.Increment(ref leading);
        mostAtOnce = Math.Max(mostAtOnce, now);
        leads.TrySetResult();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(lost, stop);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref leading);
    }

    private async Task<string?> HolderAsync(string ns) =>
        (await kube.GetAsync($"/apis/coordination.k8s.io/v1/namespaces/{ns}/leases/lease")).Succeeded().Body["spec"]!["holderIdentity"]?.GetValue<string>();
}

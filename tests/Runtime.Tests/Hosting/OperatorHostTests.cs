using System.Collections.Concurrent;
using System.Net;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Controllers;
using ScimOperator.Runtime.Hosting;
using ScimOperator.Runtime.LeaderElection;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Hosting;

public sealed class OperatorHostTests : IAsyncDisposable
{
    private const string WidgetPath = "/apis/example.com/v1/namespaces/ns/widgets/a";
    private const string LeasePath = "/apis/coordination.k8s.io/v1/namespaces/ns/leases/op";

    private readonly MemoryApi api = new();
    private readonly RecordingLogger log = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Recorder reconciler = new();
    private readonly OperatorHost host;

    public OperatorHostTests()
    {
        api.Put(WidgetPath, new System.Text.Json.Nodes.JsonObject { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "a", ["namespace"] = "ns" } });
        host = new OperatorHost(
            new OperatorHostOptions
            {
                Address = IPAddress.Loopback,
                WebhookPort = null,
                MetricsPort = 0,
                HealthPort = 0,
                LeaderElection = new LeaderElectionOptions
                {
                    Lease = new ObjectKey("ns", "op"),
                    Identity = "me",
                    LeaseDuration = TimeSpan.FromSeconds(1.5),
                    RenewDeadline = TimeSpan.FromSeconds(1),
                    RetryPeriod = TimeSpan.FromSeconds(0.1),
                },
            },
            api,
            TimeProvider.System,
            log);
        var widgets = host.AddInformer(Widget.Type);
        host.AddController(new Controller("host-test", reconciler, new ControllerOptions { Workers = 1 }, TimeProvider.System, log).For(widgets));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        stop.Dispose();
    }

    [Fact]
    public async Task Probes_answer_before_caches_are_synced_and_controllers_wait_for_lists_and_election()
    {
        var list = new TaskCompletionSource();
        api.Before = (request, _) => request.StartsWith("list", StringComparison.Ordinal) ? list.Task : Task.CompletedTask;
        var running = host.RunAsync(stop.Token);
        await Eventually.WithinAsync(host.Started);
        Assert.Equal((HttpStatusCode.OK, "ok"), await ProbeAsync("/healthz"));
        var (code, text) = await ProbeAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Contains("[-]informer-sync failed", text, StringComparison.Ordinal);
        Assert.Null(api[LeasePath]);
        list.SetResult();
        await Eventually.HoldsAsync(() => reconciler.Calls.Count == 1, "a reconcile");
        Assert.Contains("readyz check passed", (await ProbeAsync("/readyz?verbose")).Text, StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await Eventually.WithinAsync(running));
        Assert.Equal("", api[LeasePath]!["spec"]!["holderIdentity"]!.GetValue<string>());
    }

    [Fact]
    public async Task Told_to_stop_it_is_unready_and_keeps_the_lease_until_work_is_done()
    {
        reconciler.Gate = new TaskCompletionSource();
        var running = host.RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => reconciler.Calls.Count == 1, "a reconcile");
        await stop.CancelAsync();
        var (code, text) = await ProbeAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Contains("[-]shutdown failed: the process is stopping", text, StringComparison.Ordinal);
        Assert.Equal("me", api[LeasePath]!["spec"]!["holderIdentity"]!.GetValue<string>());
        reconciler.Gate.SetResult();
        Assert.Equal(0, await Eventually.WithinAsync(running));
        Assert.False(reconciler.Token.IsCancellationRequested);
        Assert.Equal("", api[LeasePath]!["spec"]!["holderIdentity"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_lost_lease_cancels_the_work_and_ends_the_process_with_code_1()
    {
        reconciler.Gate = new TaskCompletionSource();
        var running = host.RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => reconciler.Calls.Count == 1, "a reconcile");
        var lease = api[LeasePath]!;
        lease["spec"]!["holderIdentity"] = "thief";
        api.Put(LeasePath, lease);
        Assert.Equal(1, await Eventually.WithinAsync(running));
        Assert.True(reconciler.Token.IsCancellationRequested);
        Assert.Equal("thief", api[LeasePath]!["spec"]!["holderIdentity"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_part_that_fails_ends_the_process_with_code_1_and_is_named()
    {
        host.AddBackground(new FailingPart());
        Assert.Equal(1, await Eventually.WithinAsync(host.RunAsync(stop.Token)));
        Assert.True(log.Contains("the broken part"));
    }

    [Fact]
    public async Task With_all_ports_off_none_is_opened()
    {
        // Two of them: the second would find the port taken that the first had opened unasked.
        await using var first = new OperatorHost(new OperatorHostOptions { HealthPort = null, MetricsPort = null, WebhookPort = null }, api, TimeProvider.System, log);
        await using var second = new OperatorHost(new OperatorHostOptions { HealthPort = null, MetricsPort = null, WebhookPort = null }, api, TimeProvider.System, log);
        var running = Task.WhenAll(first.RunAsync(stop.Token), second.RunAsync(stop.Token));
        await Eventually.WithinAsync(Task.WhenAny(running, Task.WhenAll(first.Started, second.Started)));
        await stop.CancelAsync();
        var codes = await Eventually.WithinAsync(running);
        Assert.All(codes, code => Assert.Equal(0, code));
    }

    private async Task<(HttpStatusCode Code, string Text)> ProbeAsync(string path)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{host.HealthPort}{path}"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private sealed class FailingPart : IRunnable
    {
        public string Name => "the broken part";

        public Task RunAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("bug");
    }

    private sealed class Recorder : IReconciler
    {
        public ConcurrentQueue<ObjectKey> Calls { get; } = new();

        public TaskCompletionSource? Gate { get; set; }

        public CancellationToken Token { get; private set; }

        public async Task<Result> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            Calls.Enqueue(key);
            if (Gate is not null)
            {
                await Gate.Task.WaitAsync(cancellationToken);
            }

            return Result.Done;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using ScimOperator.ControlPlanes.Acquisition;
using ScimOperator.ControlPlanes.Processes;
using ScimOperator.ControlPlanes.State;

namespace ScimOperator.ControlPlanes.Tests;

/// <summary>Control planes of their own, of which parts are stopped and killed.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task Data_address_and_credentials_survive_killing_the_api_server_and_etcd()
    {
        await using var plane = await StartOwnAsync(new ControlPlaneOptions());
        var server = plane.Server;
        var ns = await Api.CreateNamespaceAsync(plane.AdminClient);

        await plane.KillApiServerAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => plane.AdminClient.GetAsync("/readyz"));
        await plane.StartApiServerAsync();
        Assert.Equal(server, plane.Server);
        Assert.Equal(HttpStatusCode.OK, await Api.StatusOfAsync(plane.AdminClient, $"/api/v1/namespaces/{ns}"));

        await plane.KillEtcdAsync();
        await plane.StartEtcdAsync();
        await Eventually.HoldsAsync(
            async () => await Api.StatusOfAsync(plane.AdminClient, $"/api/v1/namespaces/{ns}") == HttpStatusCode.OK,
            "the namespace is read again through the restarted etcd");

        await plane.StopApiServerAsync();
        await plane.StopEtcdAsync();
        await plane.StartEtcdAsync();
        await plane.StartApiServerAsync();
        Assert.Equal(HttpStatusCode.OK, await Api.StatusOfAsync(plane.AdminClient, $"/api/v1/namespaces/{ns}"));
    }

    [SkippableFact]
    public async Task Disposing_ends_every_process_and_deletes_every_file()
    {
        var plane = await StartOwnAsync(new ControlPlaneOptions());
        ProcessIdentity[] processes = [plane.EtcdProcess.Identity, plane.ApiServerProcess.Identity];
        Assert.All(processes, process => Assert.True(process.IsAlive));
        await plane.DisposeAsync();
        Assert.All(processes, process => Assert.False(process.IsAlive));
        Assert.False(Directory.Exists(plane.WorkDirectory));
    }

    [SkippableFact]
    public async Task A_detached_control_plane_outlives_its_starter_and_is_ended_from_the_state_file()
    {
        var state = folder.File("state.json");
        var binaries = await BinariesAsync();
        var chain = new SourceChain([new FixedSource(binaries)]);
        RunState saved;
        await using (var plane = await ControlPlane.StartDetachedAsync(state, new ControlPlaneOptions { Progress = TextWriter.Null }, chain))
        {
            saved = RunStateFile.Load(state);
            Assert.Equal(plane.KubeconfigPath, saved.Values[ControlPlane.KubeconfigValue]);
        }

        var expected = binaries.ControllerManager is null ? new[] { "etcd", "kube-apiserver" } : ["etcd", "kube-apiserver", "kube-controller-manager"];
        Assert.Equal(expected, saved.Processes.Select(process => process.Name));
        Assert.All(saved.Processes, process => Assert.True(process.Identity.IsAlive));

        var ended = await RunStateFile.StopAsync(state, TimeSpan.FromSeconds(30), TimeProvider.System, TextWriter.Null);
        Assert.Equal(expected.Length, ended);
        Assert.All(saved.Processes, process => Assert.False(process.Identity.IsAlive));
        Assert.All(saved.Folders, path => Assert.False(Directory.Exists(path)));
    }

    [SkippableFact]
    public async Task A_server_that_refuses_its_flags_is_explained_by_the_end_of_its_log_and_nothing_runs_on()
    {
        var started = new List<ChildProcess>();
        var options = new ControlPlaneOptions
        {
            Progress = TextWriter.Null,
            WorkDirectory = folder.File("work"),
            ApiServerFlags = new Dictionary<string, string> { ["no-such-flag"] = "1" },
            Started = started.Add,
        };
        var chain = new SourceChain([new FixedSource(await BinariesAsync())]);
        var error = await Assert.ThrowsAsync<ControlPlaneException>(() => ControlPlane.StartAsync(options, chain));
        Assert.Contains("kube-apiserver ended with exit code", error.Message, StringComparison.Ordinal);
        Assert.Contains("unknown flag: --no-such-flag", error.Message, StringComparison.Ordinal);
        Assert.Equal(["etcd", "kube-apiserver"], started.Select(child => child.Name));
        Assert.All(started, child => Assert.False(child.Identity.IsAlive));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_port_that_another_process_took_in_between_is_replaced_by_another(int takenRequest)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var requests = 0;
        using var progress = new StringWriter();
        var options = new ControlPlaneOptions
        {
            Progress = progress,
            FindPort = () => requests++ == takenRequest ? taken : LoopbackPort.FindFree(),
        };
        var chain = new SourceChain([new FixedSource(await BinariesAsync())]);
        await using var plane = await ControlPlane.StartAsync(options, chain);
        Assert.Equal(HttpStatusCode.OK, await Api.StatusOfAsync(plane.AdminClient, "/readyz"));
        Assert.NotEqual(taken, plane.Server.Port);
        Assert.Equal(4, requests);
        Assert.Contains("trying again with another", progress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_cluster_that_does_not_answer_is_an_error_that_names_it()
    {
        var port = LoopbackPort.FindFree();
        await File.WriteAllTextAsync(folder.File("kubeconfig"), $$$"""
            {"current-context": "x", "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
             "clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:{{{port}}}"}}], "users": [{"name": "u", "user": {}}]}
            """);
        var options = new ControlPlaneOptions
        {
            Progress = TextWriter.Null,
            WorkDirectory = folder.File("work"),
            Environment = name => name == ControlPlaneOptions.KubeconfigVariable ? folder.File("kubeconfig") : null,
        };
        var error = await Assert.ThrowsAsync<ControlPlaneException>(() => ControlPlane.StartAsync(options));
        Assert.Contains($"127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_free_port_can_be_bound()
    {
        using var listener = new TcpListener(IPAddress.Loopback, LoopbackPort.FindFree());
        listener.Start();
        Assert.True(listener.Server.IsBound);
    }

    private static async Task<ControlPlane> StartOwnAsync(ControlPlaneOptions options) =>
        await ControlPlane.StartAsync(options with { Progress = TextWriter.Null }, new SourceChain([new FixedSource(await BinariesAsync())]));

    /// <summary>The binaries that the shared control plane was started from, without acquiring them a second time.</summary>
    private static async Task<ControlPlaneBinaries> BinariesAsync()
    {
        var shared = await SharedControlPlane.GetAsync();
        Skip.If(shared.Binaries is null, "The control plane is an existing cluster: nothing of it may be killed.");
        return shared.Binaries;
    }

    private sealed class FixedSource(ControlPlaneBinaries binaries) : IControlPlaneSource
    {
        public string Name => "the same binaries";

        public Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken) =>
            Task.FromResult(SourceResult.From(binaries));
    }
}

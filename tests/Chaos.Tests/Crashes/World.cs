using System.Text.RegularExpressions;
using ScimOperator.Chaos.Tests.Observation;
using ScimOperator.Chaos.Tests.Proxies;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>
/// One namespace with one account: a backend, a published operator that sees nothing else, and proxies between the operator and
/// both servers. The proxy narrows the operator's lists and watches to the namespace, so that many worlds share a control plane.
/// </summary>
internal sealed partial class World : IAsyncDisposable
{
    private static int worlds;

    private readonly CrashCluster shared;
    private readonly ProcessStarter starter;
    private readonly string folder;
    private FaultProxy? serverProxy;
    private FaultProxy? accountProxy;
    private ChildProcess? process;
    private volatile string? watched;

    private World(CrashCluster shared)
    {
        this.shared = shared;
        Namespace = $"crash-{Interlocked.Increment(ref worlds)}";
        folder = System.IO.Path.Combine(shared.WorkDirectory, Namespace);
        var options = new DevEnvironmentOptions { WorkDirectory = folder, Repository = shared.Repository };
        PrivateFile.CreateFolder(folder);
        starter = new ProcessStarter(options);
        Waiting = new Waiting(TimeSpan.FromSeconds(40), TimeProvider.System);
        var settings = new BackendSettings { Account = "acme", Admins = ["alice@example.com", "bob@example.com", "root@example.com"] };
        Backend = new BackendProcess(settings, shared.Repository.Binary("scim-backend"), System.IO.Path.Combine(folder, "backend"), starter, Waiting);
        Gate = new CrashGate(Values, StrikeAsync, FindGapAsync, TimeProvider.System);
    }

    internal string Namespace { get; }

    internal BackendProcess Backend { get; }

    internal CrashGate Gate { get; }

    internal TokenValues Values { get; } = new();

    internal Waiting Waiting { get; }

    internal Cluster Cluster => shared.Cluster;

    internal bool HasGarbageCollection => shared.Plane.HasControllerManager;

    internal FinalState Final => new(Cluster, Backend.Api, Namespace);

    /// <summary>The logs in which no token's value may be.</summary>
    internal IEnumerable<string> Logs => Directory.EnumerateFiles(starter.LogDirectory);

    /// <summary>The operator's log, for a failure's message.</summary>
    internal string LogTail => process?.ReadLogTail(25) ?? "";

    /// <summary>A backend and a namespace with its credential; no operator and no objects yet.</summary>
    internal static async Task<World> StartEmptyAsync(CrashCluster shared)
    {
        var world = new World(shared);
        await world.Backend.StartAsync();
        world.accountProxy = await FaultProxy.StartAsync(new ProxyOptions { Side = ProxySide.Account, Target = world.Backend.Url, Server = shared.Account, Gate = world.Gate });
        world.serverProxy = await FaultProxy.StartAsync(new ProxyOptions
        {
            Side = ProxySide.Cluster,
            Target = shared.Plane.Server,
            Server = shared.Server,
            Gate = world.Gate,
            Certificate = shared.Certificate.Certificate,
            Rewrite = path => Everywhere().Replace(path, $"$1/namespaces/{world.Namespace}/$2"),
        });
        shared.Certificate.Redirect(shared.Kubeconfig, world.Kubeconfig, world.serverProxy.Url);
        await world.Cluster.CreateAsync("/api/v1/namespaces", Manifests.Namespace(world.Namespace));
        await world.Cluster.CreateAsync(Cluster.Secret(world.Namespace), Manifests.Credential(await File.ReadAllTextAsync(world.Backend.CredentialFile)));
        return world;
    }

    /// <summary>As <see cref="StartEmptyAsync"/>, with an operator that has made the Account and its admins Ready.</summary>
    internal static async Task<World> StartAsync(CrashCluster shared)
    {
        var world = await StartEmptyAsync(shared);
        world.StartOperator();
        await world.DeclareAccountAsync();
        foreach (var admin in Manifests.Admins)
        {
            await world.Waiting.UntilAsync($"{admin} is Ready", async token => ClusterReader.WhyNotReady(await world.Cluster.GetAsync(world.Path("accountusers", admin), token)), world.process);
        }

        return world;
    }

    internal string Path(string plural, string? name = null) => Cluster.Scim(Namespace, plural, name);

    internal void StartOperator() => process = starter.Start("scim-operator", shared.Repository.Binary("scim-operator"),
    [
        "--kubeconfig", Kubeconfig,
        "--namespace", OperatorConfig.Namespace,
        "--pod-name", Namespace,
        "--bind-address", "127.0.0.1",
        "--webhook-port", "0",
        "--metrics-port", "0",
        "--health-port", "0",
        // One process at a time: there is nobody to compete with, and no Lease to wait for after each crash.
        "--leader-elect", "false",
        "--log-format", "text",
        "--log-level", "Debug",
    ]);

    /// <summary>The Account with its admins, as people apply them.</summary>
    internal async Task DeclareAccountAsync()
    {
        await Cluster.CreateAsync(Path("accounts"), Manifests.AccountAt(accountProxy!.Url, Backend.ScimUrl));
        foreach (var admin in Manifests.Admins)
        {
            await Cluster.CreateAsync(Path("accountusers"), Manifests.Admin(admin));
        }
    }

    /// <summary>From now on this ScimToken's Secret must hold a token that works; null: none.</summary>
    internal void Watch(string? token) => watched = token;

    internal async Task<PublishedToken?> PublishedAsync(string token, CancellationToken cancellationToken = default) =>
        PublishedToken.Of(await Cluster.GetAsync(Cluster.Secret(Namespace, Manifests.SecretOf(token)), cancellationToken));

    /// <summary>Whether the token in the watched Secret works, by what the account itself says, without using it: a use would count.</summary>
    internal async Task<string?> FindGapAsync()
    {
        if (watched is not { } token || await PublishedAsync(token) is not { } published)
        {
            return null;
        }

        var live = (await Backend.Api.ListTokensAsync()).FirstOrDefault(t => t.Id == published.Id);
        var owner = (await Backend.Api.ListUsersAsync()).FirstOrDefault(u => u.Id == live?.OwnerId);
        return owner is { Active: true, UserType: "Admin" } ? null : $"continuity: the Secret of {token} holds {published.Id}, which the account does not accept";
    }

    public async ValueTask DisposeAsync()
    {
        await (process?.KillAsync() ?? Task.CompletedTask);
        await (serverProxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (accountProxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Backend.DisposeAsync();
    }

    private string Kubeconfig => System.IO.Path.Combine(folder, "operator.kubeconfig");

    /// <summary>SIGKILL, and a new process at once.</summary>
    private async Task StrikeAsync()
    {
        await process!.KillAsync();
        StartOperator();
    }

    [GeneratedRegex("^(/api/v1|/apis/scim-operator\\.io/v1alpha1)/(secrets|accounts|accountusers|scimtokens)$")]
    private static partial Regex Everywhere();
}

using ScimOperator.Chaos.Tests.Observation;
using ScimOperator.Chaos.Tests.Proxies;
using ScimOperator.ControlPlanes.Kubeconfigs;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>
/// All that a storm goes over: a control plane of its own, config/ with its webhooks, two replicas of the published operator, a
/// backend, and a proxy on either side of the operator. People and identity providers go past the proxies.
/// </summary>
internal sealed class StormSite : IAsyncDisposable
{
    internal const string Namespace = "storm";

    private readonly ProxyCertificate certificate = new(TimeProvider.System);
    private readonly HttpClient accountClient = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly string folder;
    private HttpClient? serverClient;
    private FaultProxy? clusterProxy;
    private FaultProxy? accountProxy;

    private StormSite(DevEnvironment environment, BackendProcess backend, string folder, StormOptions options, Action<string> report, StormLog log)
    {
        Environment = environment;
        Backend = backend;
        this.folder = folder;
        Cluster = new Cluster(environment.Plane.AdminClient);
        ClusterWeather = new Weather("API server", options.Seed + 1, Values, report, log, TimeProvider.System);
        AccountWeather = new Weather("account", options.Seed + 2, Values, report, log, TimeProvider.System);
    }

    internal DevEnvironment Environment { get; }

    internal BackendProcess Backend { get; }

    internal Cluster Cluster { get; }

    internal TokenValues Values { get; } = new();

    internal Weather ClusterWeather { get; }

    internal Weather AccountWeather { get; }

    internal FaultProxy ClusterProxy => clusterProxy ?? throw new InvalidOperationException("The proxies were not started.");

    internal FaultProxy AccountProxy => accountProxy ?? throw new InvalidOperationException("The proxies were not started.");

    internal FinalState Final => new(Cluster, Backend.Api, Namespace);

    /// <summary>The logs in which no token's value may be.</summary>
    internal IEnumerable<string> Logs =>
        Directory.EnumerateFiles(Environment.LogDirectory).Concat(Environment.Plane.ApiServerLogPath is { } path ? [path] : []);

    /// <summary>Starts everything and waits until the Account and its admins are Ready.</summary>
    internal static async Task<StormSite> StartAsync(StormOptions options, Action<string> report, StormLog log)
    {
        var folder = Directory.CreateTempSubdirectory("scim-operator-storm-").FullName;
        var environment = await DevEnvironment.StartControlPlaneAsync(new DevEnvironmentOptions
        {
            WorkDirectory = folder,
            Replicas = 2,
            // Short, so that there are many takeovers; and a frozen leader wakes up after it has lost its Lease.
            OperatorArguments =
            [
                "--leader-elect-lease-duration", "3", "--leader-elect-renew-deadline", "2", "--leader-elect-retry-period", "1",
                "--call-timeout", "5", "--log-level", "Debug",
            ],
        });
        var site = new StormSite(environment, await environment.StartBackendAsync(), folder, options, report, log);
        try
        {
            await site.ConnectAsync();
            await site.DeclareAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    internal static string Path(string plural, string? name = null) => Cluster.Scim(Namespace, plural, name);

    public async ValueTask DisposeAsync()
    {
        await Environment.DisposeAsync();
        await (clusterProxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (accountProxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        serverClient?.Dispose();
        accountClient.Dispose();
        certificate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task ConnectAsync()
    {
        var plane = Environment.Plane;
        serverClient = ApiClientFactory.Create(new Kubeconfig { Server = plane.Server, CaPem = plane.CaPem });
        serverClient.Timeout = Timeout.InfiniteTimeSpan;
        accountProxy = await FaultProxy.StartAsync(new ProxyOptions { Side = ProxySide.Account, Target = Backend.Url, Server = accountClient, Gate = AccountWeather });
        clusterProxy = await FaultProxy.StartAsync(
            new ProxyOptions { Side = ProxySide.Cluster, Target = plane.Server, Server = serverClient, Gate = ClusterWeather, Certificate = certificate.Certificate });
        await Environment.ApplyConfigAsync();
        var kubeconfig = System.IO.Path.Combine(folder, "operator.kubeconfig");
        certificate.Redirect(kubeconfig, kubeconfig, clusterProxy.Url);
        await Environment.StartOperatorsAsync();
    }

    private async Task DeclareAsync()
    {
        await Cluster.CreateAsync("/api/v1/namespaces", Manifests.Namespace(Namespace));
        await Cluster.CreateAsync(Cluster.Secret(Namespace), Manifests.Credential(await File.ReadAllTextAsync(Backend.CredentialFile)));
        await Cluster.CreateAsync(Path("accounts"), Manifests.AccountAt(AccountProxy.Url, Backend.ScimUrl));
        foreach (var admin in Manifests.Admins)
        {
            await Cluster.CreateAsync(Path("accountusers"), Manifests.Admin(admin));
        }

        foreach (var admin in Manifests.Admins)
        {
            await Environment.WaitUntilReadyAsync("accountusers", Namespace, admin);
        }
    }
}

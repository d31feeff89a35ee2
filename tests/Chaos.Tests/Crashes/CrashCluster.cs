using ScimOperator.Chaos.Tests.Observation;
using ScimOperator.Chaos.Tests.Proxies;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Kubeconfigs;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>A control plane with CRDs and RBAC of config/, on which any number of worlds live side by side.</summary>
/// <remarks>
/// Without the webhooks, which the server can call at one address only: so the finalizer is a write of its own here, and one
/// boundary more. They are there in the storm.
/// </remarks>
internal sealed class CrashCluster : IAsyncDisposable
{
    private CrashCluster(ControlPlane plane, string workDirectory)
    {
        Plane = plane;
        WorkDirectory = workDirectory;
        Certificate = new ProxyCertificate(TimeProvider.System);
        Cluster = new Cluster(plane.AdminClient);
        Server = ApiClientFactory.Create(new Kubeconfig { Server = plane.Server, CaPem = plane.CaPem });
        Server.Timeout = Timeout.InfiniteTimeSpan;
        Account.Timeout = Timeout.InfiniteTimeSpan;
    }

    internal ControlPlane Plane { get; }

    internal Cluster Cluster { get; }

    internal string WorkDirectory { get; }

    internal ProxyCertificate Certificate { get; }

    /// <summary>Reaches the API server without a credential.</summary>
    internal HttpClient Server { get; }

    /// <summary>Reaches accounts without a credential.</summary>
    internal HttpClient Account { get; } = new();

    internal RepositoryLayout Repository { get; } = RepositoryLayout.Find();

    /// <summary>The operator's own rights, and the direct way to the server.</summary>
    internal string Kubeconfig => Path.Combine(WorkDirectory, "operator.kubeconfig");

    internal static async Task<CrashCluster> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("scim-operator-crash-").FullName;
        var plane = await ControlPlane.StartAsync(new ControlPlaneOptions { WorkDirectory = Path.Combine(folder, "control-plane") });
        var cluster = new CrashCluster(plane, folder);
        await cluster.InstallAsync();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        Account.Dispose();
        Certificate.Dispose();
        await Plane.DisposeAsync();
        Directory.Delete(WorkDirectory, recursive: true);
    }

    private async Task InstallAsync()
    {
        await KubectlAsync("apply", "-f", Path.Combine(Repository.Config, "manager", "namespace.yaml"));
        await KubectlAsync("apply", "--validate=false", "-k", Path.Combine(Repository.Config, "crd"));
        await KubectlAsync("apply", "-k", Path.Combine(Repository.Config, "rbac"));
        await KubectlAsync("wait", "--for=condition=Established", "--timeout=60s", "-f", Path.Combine(Repository.Config, "crd", "bases"));
        await Plane.CreateServiceAccountKubeconfigAsync(OperatorConfig.Namespace, OperatorConfig.ServiceAccount, Kubeconfig);
    }

    private async Task KubectlAsync(params string[] arguments)
    {
        var result = await Plane.RunKubectlAsync(arguments);
        if (!result.Succeeded)
        {
            throw new ControlPlaneException($"kubectl {string.Join(' ', arguments)}: {result.Stderr}");
        }
    }
}

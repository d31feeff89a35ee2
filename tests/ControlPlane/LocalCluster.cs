using ScimOperator.ControlPlanes.Acquisition;
using ScimOperator.ControlPlanes.Kubeconfigs;
using ScimOperator.ControlPlanes.Pki;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes;

/// <summary>etcd, kube-apiserver and (where there is one) kube-controller-manager as children of this process.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly ControlPlaneOptions options;
    private readonly ClusterPki pki;
    private readonly Readiness readiness;
    private readonly HttpClient plainClient = new();

    private LocalCluster(ControlPlaneBinaries binaries, ControlPlaneOptions options, ClusterLayout layout, bool skipFsync)
    {
        Binaries = binaries;
        this.options = options;
        Layout = layout;
        readiness = new Readiness(options.Time, options.StartTimeout);
        pki = ClusterPki.Create(layout.PkiDirectory, ClusterLayout.ServiceAddress, options.Time);
        Admin = Credentials(pki.Admin);
        AdminClient = ApiClientFactory.Create(Admin);
        Etcd = new Component(
            () => ControlPlanes.Etcd.Describe(binaries.Etcd, layout, skipFsync, options),
            options.Started,
            (child, token) => readiness.WaitAsync(child, inner => ControlPlanes.Etcd.WhyNotReadyAsync(child, plainClient, layout, inner), token));
        ApiServer = new Component(
            () => ControlPlanes.ApiServer.Describe(binaries, layout, pki, options),
            options.Started,
            (child, token) => readiness.WaitAsync(child, inner => ControlPlanes.ApiServer.WhyNotReadyAsync(AdminClient, inner), token));
    }

    internal ControlPlaneBinaries Binaries { get; }

    internal ClusterLayout Layout { get; }

    internal Kubeconfig Admin { get; }

    internal HttpClient AdminClient { get; }

    internal Component Etcd { get; }

    internal Component ApiServer { get; }

    /// <summary>Null where there is no such program, or it is not wanted.</summary>
    internal Component? ControllerManager { get; private set; }

    /// <summary>The programs that run, in the order in which they were started.</summary>
    internal IEnumerable<ChildProcess> Processes =>
        new[] { Etcd, ApiServer, ControllerManager }.OfType<Component>().Where(component => component.IsRunning).Select(component => component.Process);

    /// <summary>Starts everything; a port that another process took in between is tried again with another.</summary>
    internal static async Task<LocalCluster> StartAsync(ControlPlaneBinaries binaries, ControlPlaneOptions options, string workDirectory, CancellationToken cancellationToken)
    {
        const int attempts = 3;
        var skipFsync = options.VolatileStorage && await ControlPlanes.Etcd.CanSkipFsyncAsync(binaries.Etcd, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var data = OwnedFolder.CreateData(workDirectory, options.VolatileStorage && !skipFsync, options.Detached);
            options.FolderMade?.Invoke(data);
            var layout = new ClusterLayout(workDirectory, data, options.FindPort(), options.FindPort());
            var cluster = new LocalCluster(binaries, options, layout, skipFsync);
            try
            {
                await cluster.StartComponentsAsync(cancellationToken);
                return cluster;
            }
            catch (ControlPlaneException exception) when (attempt < attempts && IsPortClash(exception))
            {
                options.Progress.WriteLine("control plane: another process took the port meanwhile; trying again with another");
                await cluster.DisposeAsync();
            }
            catch
            {
                await cluster.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>For the last moments of this process, where nothing can be awaited.</summary>
    internal void Abandon()
    {
        foreach (var process in Processes)
        {
            process.Signal(ChildSignal.Kill);
        }
    }

    /// <summary>Ends the programs in reverse order and deletes etcd's data; the work directory stays for its owner.</summary>
    public async ValueTask DisposeAsync()
    {
        AdminClient.CancelPendingRequests();
        await (ControllerManager?.DisposeAsync() ?? ValueTask.CompletedTask);
        await ApiServer.DisposeAsync();
        await Etcd.DisposeAsync();
        AdminClient.Dispose();
        plainClient.Dispose();
        if (Directory.Exists(Layout.DataDirectory))
        {
            Directory.Delete(Layout.DataDirectory, recursive: true);
        }
    }

    private static bool IsPortClash(ControlPlaneException exception) =>
        exception.Message.Contains("address already in use", StringComparison.Ordinal);

    private async Task StartComponentsAsync(CancellationToken cancellationToken)
    {
        KubeconfigWriter.Write(Layout.AdminKubeconfig, Admin, "admin");
        await Etcd.StartAsync(cancellationToken);
        await ApiServer.StartAsync(cancellationToken);
        if (options.WithControllerManager && Binaries.ControllerManager is { } program)
        {
            await StartControllerManagerAsync(program, cancellationToken);
        }
    }

    private async Task StartControllerManagerAsync(string program, CancellationToken cancellationToken)
    {
        var version = await ServerVersionReader.ReadAsync(AdminClient, cancellationToken);
        KubeconfigWriter.Write(Layout.ControllerManagerKubeconfig, Credentials(pki.ControllerManager), "controller-manager");
        ControllerManager = new Component(
            () => ControlPlanes.ControllerManager.Describe(program, Layout, pki, version, options),
            options.Started,
            (child, token) => readiness.WaitAsync(child, inner => ControlPlanes.ControllerManager.WhyNotReadyAsync(AdminClient, inner), token));
        await ControllerManager.StartAsync(cancellationToken);
    }

    private Kubeconfig Credentials(KeyPairPem user) => new()
    {
        Server = Layout.ServerUrl,
        CaPem = pki.CaPem,
        ClientCertificatePem = user.CertificatePem,
        ClientKeyPem = user.KeyPem,
    };
}

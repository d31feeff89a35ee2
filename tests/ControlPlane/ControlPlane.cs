using ScimOperator.ControlPlanes.Acquisition;
using ScimOperator.ControlPlanes.Kubeconfigs;
using ScimOperator.ControlPlanes.Processes;
using ScimOperator.ControlPlanes.State;

namespace ScimOperator.ControlPlanes;

/// <summary>
/// A real Kubernetes control plane for the demo, the tests and the benchmarks, whatever the machine has to make one from
/// (see <see cref="SourceChain.Default"/>). One that was started here ends with this process, however that ends.
/// </summary>
/// <remarks>
/// Expected flow: <c>await using var plane = await ControlPlane.StartAsync();</c>. Where the cluster is somebody else's
/// (<see cref="CanRestart"/> is false), disposing of it leaves it as it is.
/// </remarks>
public sealed class ControlPlane : IAsyncDisposable
{
    /// <summary>The key in a state file's values that holds <see cref="KubeconfigPath"/>.</summary>
    public const string KubeconfigValue = "kubeconfig";

    private static readonly TimeSpan DefaultTokenLifetime = TimeSpan.FromDays(1);

    private readonly LocalCluster? local;
    private readonly RunningCluster? external;
    private readonly bool ownsWorkDirectory;
    private readonly bool detached;

    private ControlPlane(ControlPlaneOptions options, string workDirectory, Kubeconfig admin, HttpClient client, LocalCluster? local, RunningCluster? external)
    {
        this.local = local;
        this.external = external;
        detached = options.Detached;
        ownsWorkDirectory = options.WorkDirectory is null;
        WorkDirectory = workDirectory;
        Admin = admin;
        AdminClient = client;
        KubeconfigPath = Path.Combine(workDirectory, "admin.kubeconfig");
    }

    /// <summary>The folder with keys, logs and kubeconfigs.</summary>
    public string WorkDirectory { get; }

    /// <summary>The administrator's kubeconfig (mode 0600).</summary>
    public string KubeconfigPath { get; }

    /// <summary>The administrator's credentials, as read from or written to <see cref="KubeconfigPath"/>.</summary>
    public Kubeconfig Admin { get; }

    /// <summary>The API server's address.</summary>
    public Uri Server => Admin.Server;

    /// <summary>The authority that signed the API server's certificate (PEM); null where it is a publicly trusted one.</summary>
    public string? CaPem => Admin.CaPem;

    /// <summary>A client that is authenticated as the administrator; its base address is <see cref="Server"/>.</summary>
    public HttpClient AdminClient { get; }

    /// <summary>What the server said at /version when it was started.</summary>
    public KubernetesVersion ServerVersion { get; private set; }

    /// <summary>The kubectl on PATH, else the one that came with the binaries; null where there is neither.</summary>
    public string? KubectlPath { get; private set; }

    /// <summary>The programs that it was started from; null where the cluster is not ours. They start further control planes.</summary>
    public ControlPlaneBinaries? Binaries => local?.Binaries;

    /// <summary>Whether etcd and the API server are ours to stop, kill and start again.</summary>
    public bool CanRestart => local is not null;

    /// <summary>Whether garbage collection by owner reference and namespace deletion work.</summary>
    public bool HasControllerManager { get; private set; }

    /// <summary>The API server's log; null where it is not ours.</summary>
    public string? ApiServerLogPath => local?.Layout.Log("kube-apiserver");

    /// <summary>The API server's process, for SIGSTOP and the like.</summary>
    /// <exception cref="InvalidOperationException"><see cref="CanRestart"/> is false.</exception>
    public ChildProcess ApiServerProcess => Local.ApiServer.Process;

    /// <summary>etcd's process.</summary>
    /// <exception cref="InvalidOperationException"><see cref="CanRestart"/> is false.</exception>
    public ChildProcess EtcdProcess => Local.Etcd.Process;

    private LocalCluster Local => local
        ?? throw new InvalidOperationException($"The cluster at {Server} is not ours to stop or start. Ask {nameof(CanRestart)} first.");

    /// <summary>Obtains and starts a control plane that ends with this process.</summary>
    /// <param name="options">How; the defaults need nothing.</param>
    /// <param name="chain">The ways to try; all unless given.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing running.</param>
    /// <exception cref="ControlPlaneException">No way works, or it does not start; the message explains.</exception>
    public static async Task<ControlPlane> StartAsync(ControlPlaneOptions? options = null, SourceChain? chain = null, CancellationToken cancellationToken = default)
    {
        options ??= new ControlPlaneOptions();
        var source = await (chain ?? SourceChain.Default).AcquireAsync(options, cancellationToken);
        var workDirectory = options.WorkDirectory ?? OwnedFolder.CreateWork(options.Detached);
        ControlPlane? plane = null;
        try
        {
            plane = source.Binaries is { } binaries
                ? await StartLocalAsync(options, binaries, workDirectory, cancellationToken)
                : Attach(options, source.Cluster!, workDirectory);
            await plane.AskServerAsync(options, source.Binaries, cancellationToken);
            return plane;
        }
        catch
        {
            await CleanUpAsync(plane, source, options.WorkDirectory is null ? workDirectory : null);
            throw;
        }
    }

    /// <summary>
    /// Obtains and starts a control plane that outlives this process, and remembers it in a state file. End it later with
    /// <see cref="RunStateFile.StopAsync"/>, which ends what was started here and nothing else. Disposing of the result
    /// leaves it running.
    /// </summary>
    /// <inheritdoc cref="StartAsync"/>
    public static async Task<ControlPlane> StartDetachedAsync(string statePath, ControlPlaneOptions? options = null, SourceChain? chain = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(statePath);
        options ??= new ControlPlaneOptions();
        var workDirectory = options.WorkDirectory ?? OwnedFolder.CreateWork(detached: true);
        RunStateFile.Update(statePath, state => state.WithFolder(workDirectory));
        options = options with
        {
            Detached = true,
            WorkDirectory = workDirectory,
            FolderMade = folder => RunStateFile.Update(statePath, state => state.WithFolder(folder)),
            Started = child => RunStateFile.Update(statePath, state => state.With(RunningProcess.From(child))),
        };
        var plane = await StartAsync(options, chain, cancellationToken);
        RunStateFile.Update(statePath, state => plane.Remember(state));
        return plane;
    }

    /// <summary>Stops the API server (SIGTERM); etcd and its data stay.</summary>
    public Task StopApiServerAsync(CancellationToken cancellationToken = default) => Local.ApiServer.StopAsync(cancellationToken);

    /// <summary>Kills the API server (SIGKILL).</summary>
    public Task KillApiServerAsync(CancellationToken cancellationToken = default) => Local.ApiServer.KillAsync(cancellationToken);

    /// <summary>Starts the API server again on the same port and waits until it is ready.</summary>
    public Task StartApiServerAsync(CancellationToken cancellationToken = default) => Local.ApiServer.StartAsync(cancellationToken);

    /// <summary>Stops etcd (SIGTERM).</summary>
    public Task StopEtcdAsync(CancellationToken cancellationToken = default) => Local.Etcd.StopAsync(cancellationToken);

    /// <summary>Kills etcd (SIGKILL).</summary>
    public Task KillEtcdAsync(CancellationToken cancellationToken = default) => Local.Etcd.KillAsync(cancellationToken);

    /// <summary>Starts etcd again with the same port and data and waits until it serves.</summary>
    public Task StartEtcdAsync(CancellationToken cancellationToken = default) => Local.Etcd.StartAsync(cancellationToken);

    /// <summary>Writes a kubeconfig with which a program runs as an existing ServiceAccount, under that account's own RBAC.</summary>
    /// <param name="ns">The ServiceAccount's namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="path">Where the kubeconfig goes (mode 0600).</param>
    /// <param name="lifetime">How long its token is good; a day unless given. The server may shorten it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="ControlPlaneException">There is no such ServiceAccount, or the server refuses.</exception>
    public async Task<string> CreateServiceAccountKubeconfigAsync(string ns, string name, string path, TimeSpan? lifetime = null, CancellationToken cancellationToken = default)
    {
        var token = await ServiceAccountTokens.RequestAsync(AdminClient, ns, name, lifetime ?? DefaultTokenLifetime, cancellationToken);
        KubeconfigWriter.Write(path, new Kubeconfig { Server = Server, CaPem = CaPem, Token = token, Namespace = ns }, $"{ns}-{name}");
        return Path.GetFullPath(path);
    }

    /// <summary>Runs kubectl as the administrator.</summary>
    /// <param name="arguments">Its arguments, each passed as it is.</param>
    /// <param name="stdin">What to give it on standard input, e.g. a manifest for <c>apply -f -</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ControlPlaneException">There is no kubectl.</exception>
    public Task<CommandResult> RunKubectlAsync(IEnumerable<string> arguments, string? stdin = null, CancellationToken cancellationToken = default)
    {
        var kubectl = KubectlPath ?? throw new ControlPlaneException("There is no kubectl on PATH, and none came with the control plane. Install one.");
        // A home of its own: kubectl's cache of what a server offers is kept there by host and port, and ports come round again.
        var environment = new Dictionary<string, string?> { ["KUBECONFIG"] = KubeconfigPath, ["HOME"] = WorkDirectory };
        return Command.RunAsync(kubectl, arguments, stdin, environment, cancellationToken: cancellationToken);
    }

    /// <summary>Ends what was started here, and deletes its files; leaves a detached or foreign cluster as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (detached)
        {
            AdminClient.Dispose();
            return;
        }

        await EndAsync();
    }

    /// <summary>Kills what was started here without waiting: a test host gives the last handlers a tenth of a second.</summary>
    internal void Abandon() => local?.Abandon();

    /// <summary>After a failed start: what runs is ended, and a work directory of our own is deleted.</summary>
    private static async Task CleanUpAsync(ControlPlane? plane, SourceResult source, string? workDirectory)
    {
        await (plane?.EndAsync() ?? source.Cluster?.Container?.DisposeAsync().AsTask() ?? Task.CompletedTask);
        if (workDirectory is not null)
        {
            OwnedFolder.TryDelete(workDirectory);
        }
    }

    private static async Task<ControlPlane> StartLocalAsync(ControlPlaneOptions options, ControlPlaneBinaries binaries, string workDirectory, CancellationToken cancellationToken)
    {
        var started = options.Time.GetTimestamp();
        var cluster = await LocalCluster.StartAsync(binaries, options, workDirectory, cancellationToken);
        options.Progress.WriteLine($"control plane: ready after {options.Time.GetElapsedTime(started).TotalSeconds:0.0} s at {cluster.Layout.ServerUrl}");
        return new ControlPlane(options, workDirectory, cluster.Admin, cluster.AdminClient, cluster, null);
    }

    private static ControlPlane Attach(ControlPlaneOptions options, RunningCluster cluster, string workDirectory)
    {
        var admin = KubeconfigReader.Read(cluster.KubeconfigText, cluster.BaseDirectory);
        var plane = new ControlPlane(options, workDirectory, admin, ApiClientFactory.Create(admin), null, cluster);
        KubeconfigWriter.Write(plane.KubeconfigPath, admin, "admin");
        return plane;
    }

    private async Task AskServerAsync(ControlPlaneOptions options, ControlPlaneBinaries? binaries, CancellationToken cancellationToken)
    {
        try
        {
            ServerVersion = await ServerVersionReader.ReadAsync(AdminClient, cancellationToken);
            HasControllerManager = await ControllerManager.WhyNotReadyAsync(AdminClient, cancellationToken) is null;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ControlPlaneException($"The API server at {Server} does not answer: {exception.Message}. Check the kubeconfig and that the cluster runs.", exception);
        }

        var bundled = binaries ?? (await new CacheSource().TryAcquireAsync(options, cancellationToken)).Binaries;
        KubectlPath = ProgramPath.Find("kubectl", options.Environment("PATH")) ?? bundled?.Kubectl;
        options.Progress.WriteLine($"control plane: Kubernetes {ServerVersion}, {(HasControllerManager ? "with" : "without")} kube-controller-manager");
    }

    private RunState Remember(RunState state)
    {
        state = state.WithValue(KubeconfigValue, KubeconfigPath).WithValue("server", Server.AbsoluteUri);
        return KubectlPath is { } kubectl ? state.WithValue("kubectl", kubectl) : state;
    }

    private async Task EndAsync()
    {
        await (local?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (external?.Container?.DisposeAsync() ?? ValueTask.CompletedTask);
        AdminClient.Dispose();
        if (ownsWorkDirectory && Directory.Exists(WorkDirectory))
        {
            Directory.Delete(WorkDirectory, recursive: true);
        }
    }
}

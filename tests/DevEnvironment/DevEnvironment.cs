using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.DevEnvironments;

/// <summary>
/// The whole system on this machine, on published binaries: a control plane, what config/ declares, reference backends,
/// replicas of the operator under their own ServiceAccount, and identity providers.
/// </summary>
/// <remarks>
/// Expected flow: <see cref="StartAsync"/>, <see cref="StartBackendAsync"/>, <see cref="CreateCredentialAsync"/>,
/// <see cref="ApplySamplesAsync"/>, <see cref="StartIdpAsync"/>. Guarantee: what was started ends with <see cref="DisposeAsync"/>, and with
/// this process however it ends, unless <see cref="DevEnvironmentOptions.StatePath"/> was given. A cluster that is not ours is
/// left as it was found, and refused where an operator is in it already. Caveat: its API server must reach 127.0.0.1 here.
/// </remarks>
public sealed class DevEnvironment : IAsyncDisposable
{
    private readonly DevEnvironmentOptions options;
    private readonly ProcessStarter starter;
    private readonly List<BackendProcess> backends = [];
    private readonly List<OperatorProcess> operators = [];
    private readonly List<IdpProcess> idps = [];
    private readonly bool ownsPlane;
    private ServiceStandIn? service;
    private int? webhookPort;
    private bool configured;
    private ChildProcess? supervisor;

    private DevEnvironment(DevEnvironmentOptions options, ControlPlane plane)
    {
        this.options = options;
        Plane = plane;
        ownsPlane = options.ControlPlane is null;
        starter = new ProcessStarter(options);
        Waiting = new Waiting(options.Patience, options.Time);
        Kubectl = new Kubectl(plane, options.Typed);
        Reader = new ClusterReader(plane);
    }

    /// <summary>The control plane.</summary>
    public ControlPlane Plane { get; }

    /// <summary>kubectl as the administrator.</summary>
    public Kubectl Kubectl { get; }

    /// <summary>Reads objects as the administrator.</summary>
    public ClusterReader Reader { get; }

    /// <summary>Waits with the environment's patience and clock.</summary>
    public Waiting Waiting { get; }

    /// <summary>The replicas of the operator.</summary>
    public IReadOnlyList<OperatorProcess> Operators => operators;

    /// <summary>The folder with the programs' logs; the control plane's own are in <see cref="ControlPlane.WorkDirectory"/>.</summary>
    public string LogDirectory => starter.LogDirectory;

    /// <summary>Whether the cluster is one that somebody else runs, and that this environment was pointed at.</summary>
    public bool IsForeign => ownsPlane && !Plane.CanRestart;

    /// <summary>What was applied of config/default.</summary>
    public string ConfigManifest => Path.Combine(options.WorkDirectory, "config.yaml");

    /// <summary>Where the copy of config/samples is.</summary>
    public string SamplesDirectory => Path.Combine(options.WorkDirectory, "samples");

    /// <summary>Starts the control plane, applies config/ and starts the operator; returns when the API server asks it.</summary>
    /// <exception cref="ControlPlaneException">A part does not start; the message explains. Nothing is left running.</exception>
    public static async Task<DevEnvironment> StartAsync(DevEnvironmentOptions options, CancellationToken cancellationToken = default)
    {
        var environment = await StartControlPlaneAsync(options, cancellationToken);
        try
        {
            await environment.ApplyConfigAsync(cancellationToken);
            await environment.StartOperatorsAsync(cancellationToken);
            return environment;
        }
        catch
        {
            await environment.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first part of <see cref="StartAsync"/>: a control plane with nothing in it.</summary>
    public static async Task<DevEnvironment> StartControlPlaneAsync(DevEnvironmentOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PrivateFile.CreateFolder(options.WorkDirectory);
        var planeOptions = new ControlPlaneOptions
        {
            Progress = options.Progress,
            Time = options.Time,
            WorkDirectory = Path.Combine(options.WorkDirectory, "control-plane"),
        };
        var plane = options.ControlPlane ?? (options.StatePath is { } state
            ? await ControlPlane.StartDetachedAsync(state, planeOptions, cancellationToken: cancellationToken)
            : await ControlPlane.StartAsync(planeOptions, cancellationToken: cancellationToken));
        return new DevEnvironment(options, plane);
    }

    /// <summary>The second part: CRDs, namespace, RBAC and webhook configurations from config/default.</summary>
    public async Task ApplyConfigAsync(CancellationToken cancellationToken = default)
    {
        webhookPort ??= ChooseWebhookPort();
        var kubeconfig = Path.Combine(options.WorkDirectory, "operator.kubeconfig");
        for (var i = operators.Count; i < options.Replicas; i++)
        {
            operators.Add(new OperatorProcess($"scim-operator-{i + 1}", options.Repository.Binary("scim-operator"), kubeconfig, options.OperatorArguments, starter, Waiting));
        }

        if (IsForeign)
        {
            await ForeignCluster.RequireEmptyAsync(Plane, Reader, cancellationToken);
        }

        var rendered = await Kubectl.RunAsync(["kustomize", Path.Combine(options.Repository.Config, "default")], cancellationToken: cancellationToken);
        await File.WriteAllTextAsync(ConfigManifest, ConfigManifests.Adapt(rendered, new Uri($"https://127.0.0.1:{webhookPort}")), cancellationToken);
        configured = true;
        await Kubectl.ApplyConfigAsync(ConfigManifest, cancellationToken);
        // The rights that config/rbac gives, and no others.
        await Plane.CreateServiceAccountKubeconfigAsync(OperatorConfig.Namespace, OperatorConfig.ServiceAccount, kubeconfig, options.TokenLifetime, cancellationToken);
    }

    /// <summary>The third part: the operator's replicas, until they are ready and the API server asks them.</summary>
    public async Task StartOperatorsAsync(CancellationToken cancellationToken = default)
    {
        if (options.SupervisorProgram is { } program)
        {
            supervisor = StartSupervisor(program);
        }
        else
        {
            operators.ForEach(replica => replica.Start());
        }

        foreach (var replica in operators)
        {
            await replica.WaitUntilReadyAsync(cancellationToken);
        }

        await WaitUntilAskedAsync(cancellationToken);
    }

    /// <summary>Waits until the API server gets an answer from the webhooks.</summary>
    public Task WaitUntilAskedAsync(CancellationToken cancellationToken = default) =>
        Waiting.UntilAsync("the API server reaches the operator's webhooks", new WebhookProbe(Plane, Reader).WhyNotAnsweringAsync, supervisor ?? operators[0].Process, cancellationToken);

    /// <summary>Starts a reference backend.</summary>
    public async Task<BackendProcess> StartBackendAsync(BackendSettings? settings = null, CancellationToken cancellationToken = default)
    {
        settings ??= new BackendSettings();
        var folder = Path.Combine(options.WorkDirectory, "backend-" + settings.Account);
        var backend = new BackendProcess(settings, options.Repository.Binary("scim-backend"), folder, starter, Waiting);
        backends.Add(backend);
        await backend.StartAsync(cancellationToken);
        return backend;
    }

    /// <summary>Puts a backend's admin credential into a Secret, whose namespace is made where it is missing.</summary>
    public async Task CreateCredentialAsync(BackendProcess backend, string ns, string secret, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backend);
        if (await Reader.GetAsync($"/api/v1/namespaces/{ns}", cancellationToken) is null)
        {
            await Kubectl.TypeSuccessfullyAsync(["create", "namespace", ns, "--save-config"], cancellationToken);
        }

        await Kubectl.TypeSuccessfullyAsync(
            ["--namespace", ns, "create", "secret", "generic", secret, $"--from-file=credential={backend.CredentialFile}"], cancellationToken);
    }

    /// <summary>Copies config/samples with the backend's URL in the Account, and applies the copy.</summary>
    public async Task ApplySamplesAsync(BackendProcess backend, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backend);
        SampleManifests.Copy(Path.Combine(options.Repository.Config, "samples"), SamplesDirectory, backend.Url);
        await Kubectl.TypeSuccessfullyAsync(["apply", "-k", SamplesDirectory], cancellationToken);
    }

    /// <summary>Waits until an object is Ready for its current generation.</summary>
    public Task WaitUntilReadyAsync(string plural, string ns, string name, CancellationToken cancellationToken = default) =>
        Waiting.UntilAsync(
            $"{plural} {ns}/{name} is Ready",
            async token => ClusterReader.WhyNotReady(await Reader.GetAsync(plural, ns, name, token)),
            cancellationToken: cancellationToken);

    /// <summary>Starts an identity provider that may read one Secret and nothing else.</summary>
    /// <param name="ns">The Secret's namespace.</param>
    /// <param name="secret">Its name, also part of the provider's.</param>
    /// <param name="rate">SCIM requests per second.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IdpProcess> StartIdpAsync(string ns, string secret, int rate = 20, CancellationToken cancellationToken = default)
    {
        var name = $"idp-{secret}";
        await Kubectl.TypeSuccessfullyAsync(["--namespace", ns, "create", "serviceaccount", name], cancellationToken);
        await Kubectl.TypeSuccessfullyAsync(["--namespace", ns, "create", "role", name, "--verb=get", "--resource=secrets", $"--resource-name={secret}"], cancellationToken);
        await Kubectl.TypeSuccessfullyAsync(["--namespace", ns, "create", "rolebinding", name, $"--role={name}", $"--serviceaccount={ns}:{name}"], cancellationToken);
        var files = Path.Combine(options.WorkDirectory, $"{name}-{ns}");
        var kubeconfig = await Plane.CreateServiceAccountKubeconfigAsync(ns, name, files + ".kubeconfig", options.TokenLifetime, cancellationToken);
        var idp = new IdpProcess(starter, $"{name}-{ns}", kubeconfig, ns, secret, files + ".json", rate);
        idps.Add(idp);
        return idp;
    }

    /// <summary>The replica that holds the Lease.</summary>
    /// <exception cref="ControlPlaneException">Nobody takes it.</exception>
    public async Task<OperatorProcess> FindLeaderAsync(CancellationToken cancellationToken = default)
    {
        OperatorProcess? leader = null;
        await Waiting.UntilAsync("a replica holds the Lease", FindAsync, cancellationToken: cancellationToken);
        return leader!;

        async Task<string?> FindAsync(CancellationToken token)
        {
            var holder = await Reader.GetLeaseHolderAsync(token);
            leader = operators.FirstOrDefault(o => o.IsRunning && holder?.StartsWith(o.Name + "_", StringComparison.Ordinal) == true);
            return leader is null ? $"the Lease's holder is {holder ?? "nobody"}" : null;
        }
    }

    /// <summary>Ends everything that was started here, in reverse order; leaves what is to outlive this process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (configured && IsForeign && !options.Detached)
        {
            await new ForeignCluster(arguments => Plane.RunKubectlAsync(arguments)).CleanUpAsync(ConfigManifest);
        }

        foreach (var part in idps.Cast<IAsyncDisposable>().Concat(operators).Concat(backends))
        {
            await part.DisposeAsync();
        }

        await (supervisor?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (service?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (ownsPlane)
        {
            await Plane.DisposeAsync();
        }
        else if (configured)
        {
            await DeleteWebhookConfigurationsAsync();
        }
    }

    /// <summary>One port that leads to whichever replica runs.</summary>
    private int ChooseWebhookPort()
    {
        if (options.SupervisorProgram is not null)
        {
            return LoopbackPort.FindFree();
        }

        service = new ServiceStandIn(() => operators.Where(replica => replica.IsRunning).Select(replica => replica.WebhookPort));
        return service.Port;
    }

    private ChildProcess StartSupervisor(string program)
    {
        var file = Path.Combine(options.WorkDirectory, "supervisor.json");
        new SupervisorSpec(webhookPort!.Value, LogDirectory, options.Repository.Binary("scim-operator"), [.. operators.Select(replica => replica.Describe())]).Write(file);
        return starter.Start("operator-supervisor", program, ["supervise", file]);
    }

    /// <summary>Nobody answers them any more: left behind, they would refuse every change to our kinds by the next user of the control plane.</summary>
    private async Task DeleteWebhookConfigurationsAsync()
    {
        foreach (var path in OperatorConfig.WebhookConfigurations)
        {
            using var deleted = await Plane.AdminClient.DeleteAsync(path);
        }
    }
}

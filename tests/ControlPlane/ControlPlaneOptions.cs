using ScimOperator.ControlPlanes.Acquisition;

namespace ScimOperator.ControlPlanes;

/// <summary>How a control plane is obtained and started. The defaults need nothing from the machine.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>
    /// The variable that names an existing cluster's kubeconfig. Deliberately not KUBECONFIG: whoever has that set to a
    /// production cluster must never run tests against it by accident.
    /// </summary>
    public const string KubeconfigVariable = "SCIM_TEST_KUBECONFIG";

    /// <summary>The variable that names a folder with etcd and kube-apiserver, as envtest uses it.</summary>
    public const string AssetsVariable = "KUBEBUILDER_ASSETS";

    /// <summary>The variable that moves the cache, whose default is XDG_CACHE_HOME/scim-operator or ~/.cache/scim-operator.</summary>
    public const string CacheVariable = "SCIM_OPERATOR_CACHE";

    /// <summary>The variable that replaces the download address of the envtest archive, e.g. by a mirror's.</summary>
    public const string ArchiveAddressVariable = "SCIM_TEST_ENVTEST_URL";

    /// <summary>Receives a line for everything that takes time or was decided; standard error unless given.</summary>
    public TextWriter Progress { get; init; } = Console.Error;

    /// <summary>The clock for deadlines, polling and certificates.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Which archive is downloaded where none is cached.</summary>
    public EnvtestRelease Release { get; init; } = EnvtestRelease.Pinned;

    /// <summary>How long a connection to the download site may take. Short: where it is unreachable, the next way is tried.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a download may stand still.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long each of etcd, kube-apiserver and kube-controller-manager may take to become ready.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Where keys, logs, kubeconfigs and data go; a new folder under the temporary folder unless given.</summary>
    public string? WorkDirectory { get; init; }

    /// <summary>
    /// Whether etcd may lose data in a power cut, in exchange for speed: no fsync, or its data in memory where this etcd
    /// can't be told. It survives a kill of etcd either way.
    /// </summary>
    public bool VolatileStorage { get; init; } = true;

    /// <summary>Whether kube-controller-manager is started where there is one (garbage collection, namespace deletion).</summary>
    public bool WithControllerManager { get; init; } = true;

    /// <summary>Whether it outlives this process; see <see cref="ControlPlane.StartDetachedAsync"/>.</summary>
    internal bool Detached { get; init; }

    /// <summary>Finds a port for etcd, then one for the API server.</summary>
    internal Func<int> FindPort { get; init; } = LoopbackPort.FindFree;

    /// <summary>Told about every child the moment it runs, long before it is ready: a state file must miss none.</summary>
    internal Action<Processes.ChildProcess>? Started { get; init; }

    /// <summary>Told about every folder outside the work directory the moment it is made.</summary>
    internal Action<string>? FolderMade { get; init; }

    /// <summary>More flags for kube-apiserver; each replaces the default of the same name (without the dashes).</summary>
    public IReadOnlyDictionary<string, string> ApiServerFlags { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder that keeps control planes: CACHE/control-plane.</summary>
    public string CacheDirectory
    {
        get
        {
            var root = NotEmpty(CacheVariable)
                ?? Path.Combine(NotEmpty("XDG_CACHE_HOME") ?? Path.Combine(NotEmpty("HOME") ?? Path.GetTempPath(), ".cache"), "scim-operator");
            return Path.Combine(root, "control-plane");
        }
    }

    internal string? NotEmpty(string variable) => Environment(variable) is { Length: > 0 } value ? value : null;
}

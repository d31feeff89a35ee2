using ScimOperator.ControlPlanes;

namespace ScimOperator.DevEnvironments;

/// <summary>How an environment is started.</summary>
public sealed record DevEnvironmentOptions
{
    /// <summary>The clone with config/ and artifacts/bin.</summary>
    public RepositoryLayout Repository { get; init; } = RepositoryLayout.Find();

    /// <summary>Where keys, data, kubeconfigs and logs go.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>
    /// The state file of an environment that outlives this process; null for one that ends with it. Such an environment is
    /// ended through <see cref="ControlPlanes.State.RunStateFile.StopAsync"/>.
    /// </summary>
    public string? StatePath { get; init; }

    /// <summary>
    /// A control plane that runs already, and that this environment neither stops nor owns; null to start one. Only one
    /// environment at a time can use it: the webhook configurations have fixed names.
    /// </summary>
    public ControlPlane? ControlPlane { get; init; }

    /// <summary>How many replicas of the operator run.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>
    /// For an environment that outlives this process: the program that is started with <c>supervise FILE</c> and runs an
    /// <see cref="OperatorSupervisor"/>. Null where this process runs the replicas itself.
    /// </summary>
    public string? SupervisorProgram { get; init; }

    /// <summary>Further arguments of the operator.</summary>
    public IReadOnlyList<string> OperatorArguments { get; init; } = [];

    /// <summary>How long the ServiceAccounts' tokens are good.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long any one part may take to get ready.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives a line for everything that takes time or was decided.</summary>
    public TextWriter Progress { get; init; } = Console.Error;

    /// <summary>Told about each kubectl command that a person would have typed, with its result.</summary>
    public Action<KubectlCall>? Typed { get; init; }

    /// <summary>The clock for deadlines and polling.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal bool Detached => StatePath is not null;
}

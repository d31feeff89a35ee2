using System.Globalization;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.DevEnvironments;

/// <summary>One replica of the operator: the published binary under its own ServiceAccount.</summary>
public sealed class OperatorProcess : IAsyncDisposable
{
    private readonly string program;
    private readonly IReadOnlyList<string> arguments;
    private readonly ProcessStarter starter;
    private readonly Waiting waiting;
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private ChildProcess? child;

    internal OperatorProcess(string name, string program, string kubeconfig, IReadOnlyList<string> further, ProcessStarter starter, Waiting waiting)
    {
        Name = name;
        this.program = program;
        this.starter = starter;
        this.waiting = waiting;
        WebhookPort = LoopbackPort.FindFree();
        MetricsPort = LoopbackPort.FindFree();
        HealthPort = LoopbackPort.FindFree();
        arguments =
        [
            "--kubeconfig", kubeconfig,
            "--namespace", OperatorConfig.Namespace,
            "--pod-name", name,
            "--bind-address", "127.0.0.1",
            "--webhook-port", Text(WebhookPort),
            "--metrics-port", Text(MetricsPort),
            "--health-port", Text(HealthPort),
            "--leader-elect", "true",
            "--webhook-host", "127.0.0.1",
            "--webhook-cert-secret", "scim-operator-webhook-cert",
            "--log-format", "text",
            .. further,
        ];
    }

    /// <summary>Its name, as a pod's would be; the Lease's holder begins with it.</summary>
    public string Name { get; }

    /// <summary>Where it answers the API server, over HTTPS.</summary>
    public int WebhookPort { get; }

    /// <summary>Where Prometheus would scrape it.</summary>
    public int MetricsPort { get; }

    /// <summary>Where its probes answer.</summary>
    public int HealthPort { get; }

    /// <summary>The running program, for signals and its log.</summary>
    public ChildProcess Process => child ?? throw new InvalidOperationException($"{Name} was not started.");

    /// <summary>Whether it was ever started.</summary>
    public bool WasStarted => child is not null;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => child is { HasExited: false };

    /// <summary>Starts it, again where it was stopped or killed, without waiting for anything.</summary>
    public void Start() => child = starter.Start(Name, program, arguments);

    /// <summary>Waits until /readyz says so.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default) =>
        waiting.UntilAsync($"{Name} is ready", WhyNotReadyAsync, child, cancellationToken);

    /// <summary>What another process needs in order to run it.</summary>
    internal SupervisedReplica Describe() => new(Name, WebhookPort, arguments);

    /// <summary>What /metrics says.</summary>
    public Task<string> ReadMetricsAsync(CancellationToken cancellationToken = default) =>
        client.GetStringAsync($"http://127.0.0.1:{Text(MetricsPort)}/metrics", cancellationToken);

    /// <summary>SIGKILL.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => Process.KillAsync(cancellationToken);

    /// <summary>SIGTERM, and waits for the end.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => Process.StopAsync(cancellationToken: cancellationToken);

    /// <summary>Ends it, unless it is to outlive this process.</summary>
    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await (child?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<string?> WhyNotReadyAsync(CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync($"http://127.0.0.1:{Text(HealthPort)}/readyz", cancellationToken);
        return response.IsSuccessStatusCode ? null : (await response.Content.ReadAsStringAsync(cancellationToken)).ReplaceLineEndings(" ");
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

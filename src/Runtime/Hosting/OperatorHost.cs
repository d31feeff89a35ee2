using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Controllers;
using ScimOperator.Runtime.LeaderElection;

namespace ScimOperator.Runtime.Hosting;

/// <summary>
/// Runs an operator's parts in order.
/// <para>Start: probes and metrics, then admission (on every replica), then informers until they are synced, then the
/// election, then controllers. Stop: readiness fails, controllers drain, the lease is released, background parts end, and
/// the webhooks close last. A lost lease cancels the controllers at once and ends the process with exit code 1.</para>
/// </summary>
public sealed class OperatorHost : IAsyncDisposable
{
    private readonly OperatorHostOptions options;
    private readonly IKubeClient client;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;
    private readonly ILogger<OperatorHost> logger;
    private readonly HealthChecks health = new();
    private readonly EndpointServer server;
    private readonly List<IRunnable> informers = [];
    private readonly List<Func<CancellationToken, Task>> syncs = [];
    private readonly List<IRunnable> background = [];
    private readonly List<IRunnable> leaderTasks = [];
    private readonly List<Controller> controllers = [];
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool stopping;
    private volatile bool synced;

    /// <summary>Makes a host without parts.</summary>
    /// <param name="options">Where to listen, how to start and stop.</param>
    /// <param name="client">The API server.</param>
    /// <param name="time">The clock of all parts made here.</param>
    /// <param name="loggers">Makes the loggers.</param>
    public OperatorHost(OperatorHostOptions options, IKubeClient client, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.LeaderElection?.Validate();
        this.options = options;
        this.client = client;
        this.time = time;
        this.loggers = loggers;
        logger = loggers.CreateLogger<OperatorHost>();
        Admission = new AdmissionRoutes(options.Admission, time, loggers);
        server = new EndpointServer(options, Admission, health, time, loggers);
        health.Add("shutdown", () => stopping ? "the process is stopping" : null);
        health.Add("informer-sync", () => synced ? null : "the first lists are not complete");
    }

    /// <summary>The webhook server's paths. Add them before the host runs.</summary>
    public AdmissionRoutes Admission { get; }

    /// <summary>Completes when all ports are bound.</summary>
    public Task Started => started.Task;

    /// <summary>Bound port of the webhooks; 0 when off or not started.</summary>
    public int WebhookPort => server.Port(EndpointRole.Webhooks);

    /// <summary>Bound port of the metrics; 0 when off or not started.</summary>
    public int MetricsPort => server.Port(EndpointRole.Metrics);

    /// <summary>Bound port of the probes; 0 when off or not started.</summary>
    public int HealthPort => server.Port(EndpointRole.Health);

    /// <summary>Adds an informer, on every replica: standbys keep warm caches, and webhooks read them.</summary>
    public Informer<T> AddInformer<T>(ResourceType<T> type, InformerOptions<T>? informerOptions = null)
        where T : class, IKubernetesObject
    {
        var informer = new Informer<T>(client, type, informerOptions ?? new InformerOptions<T>(), time, loggers);
        informers.Add(informer);
        syncs.Add(informer.WaitForSyncAsync);
        return informer;
    }

    /// <summary>Adds a controller; it runs while this replica leads.</summary>
    public OperatorHost AddController(Controller controller)
    {
        controllers.Add(controller);
        return this;
    }

    /// <summary>Adds a part that runs while this replica leads; cancelled when stopping starts or the lease is lost.</summary>
    public OperatorHost AddLeaderTask(IRunnable task)
    {
        leaderTasks.Add(task);
        return this;
    }

    /// <summary>Adds a part that runs on every replica, from start to the end; cancelled after the controllers have drained.</summary>
    public OperatorHost AddBackground(IRunnable task)
    {
        background.Add(task);
        return this;
    }

    /// <summary>Adds a check to /readyz: null when all is well, else what is wrong.</summary>
    public OperatorHost AddReadinessCheck(string name, Func<string?> check)
    {
        health.Add(name, check);
        return this;
    }

    /// <summary>Sets where the webhook server's certificate comes from; it runs with the host.</summary>
    public OperatorHost UseCertificate(IServingCertificate certificate)
    {
        server.Certificate = certificate;
        health.Add("webhook-certificate", () => certificate.Current is null ? "there is no serving certificate yet" : null);
        return AddBackground(certificate);
    }

    /// <summary>Runs until SIGTERM, SIGINT or a failure. Returns the process' exit code.</summary>
    public async Task<int> RunUntilSignalledAsync()
    {
        using var stop = new CancellationTokenSource();
        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        try
        {
            return await RunAsync(stop.Token);
        }
#pragma warning disable CA1031 // A port that is taken, a bug: the log says what, the exit code that.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.PartFailed(logger, "the host", e);
            return 1;
        }
    }

    /// <summary>Runs until told to stop. Returns the process' exit code: 0 stopped as told, 1 the lease was lost or a part failed.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await server.StartAsync(stop);
        started.TrySetResult();
        Log.Listening(logger, WebhookPort, MetricsPort, HealthPort);
        using var life = new CancellationTokenSource();
        using var stopNow = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var parts = new RunningParts(logger, stopNow);
        parts.Start(background, life.Token);
        parts.Start(informers, life.Token);
        await using var onStop = stopNow.Token.Register(OnStopping);
        var end = await LeadAsync(parts, stopNow.Token);
        stopping = true;
        await life.CancelAsync();
        await parts.WaitAsync(options.StopDeadline, time);
        await DisposeAsync();
        return end == LeadershipEnd.LeadershipLost || parts.Failed ? 1 : 0;
    }

    /// <summary>Closes the ports.</summary>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private void OnStopping()
    {
        stopping = true;
        Log.Stopping(logger);
    }

    private async Task<LeadershipEnd> LeadAsync(RunningParts parts, CancellationToken stop)
    {
        var begin = time.GetTimestamp();
        try
        {
            await Task.WhenAll(syncs.Select(sync => sync(stop)));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return LeadershipEnd.Stopped;
        }

        synced = true;
        Log.CachesSynced(logger, time.GetElapsedTime(begin));
        if (options.LeaderElection is not { } election)
        {
            await WorkAsync(parts, stop, CancellationToken.None);
            return LeadershipEnd.Stopped;
        }

        var elector = new LeaderElector(client, election, time, loggers);
        return await elector.RunAsync(lost => WorkAsync(parts, stop, lost), stop);
    }

    /// <summary>The leader's work: until told to stop (then it drains), or until leadership is lost (then it is cancelled).</summary>
    private async Task WorkAsync(RunningParts parts, CancellationToken stop, CancellationToken lost)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lost);
        parts.Start(leaderTasks, either.Token);
        await Task.WhenAll(controllers.Select(c => c.RunAsync(stop, lost)).Append(Ended(either.Token)));
    }

    private static async Task Ended(CancellationToken token)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => ended.TrySetResult());
        await ended.Task;
    }
}

using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Queueing;

namespace ScimOperator.Runtime.Controllers;

/// <summary>
/// Turns changes of objects into reconciles of keys.
/// <para>Guarantees: a key is reconciled again after every change it was told of; reconciles of one key never overlap; a
/// failure is tried again with back-off, for ever. Assumes that informers run and that reconciles heed cancellation.</para>
/// </summary>
public sealed class Controller : IRunnable, IDisposable
{
    // A conflict means the cache is a moment old: the newer version is on its way.
    private static readonly TimeSpan ConflictDelay = TimeSpan.FromMilliseconds(50);

    private readonly IReconciler reconciler;
    private readonly ControllerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly WorkQueue<ObjectKey> queue;
    private readonly ControllerMetrics metrics;
    private readonly List<Func<CancellationToken, Task>> syncs = [];

    /// <summary>Makes a controller that knows no objects yet.</summary>
    /// <param name="name">Name in logs and metrics.</param>
    /// <param name="reconciler">Does the work.</param>
    /// <param name="options">How to work.</param>
    /// <param name="time">Clock of delays and deadlines.</param>
    /// <param name="loggers">Makes the controller's logger.</param>
    public Controller(string name, IReconciler reconciler, ControllerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        Name = name;
        this.reconciler = reconciler;
        this.options = options;
        this.time = time;
        logger = loggers.CreateLogger("ScimOperator.Runtime.Controllers.Controller");
        queue = new WorkQueue<ObjectKey>(name, options.Queue, time);
        metrics = new ControllerMetrics(name, options.Workers);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How many keys wait.</summary>
    public int QueueLength => queue.Count;

    /// <summary>Reconciles objects of this kind, whenever one changes in any way.</summary>
    public Controller For<T>(IInformer<T> primary)
        where T : class, IKubernetesObject => For(primary, DeltaPredicates.VersionChanged);

    /// <summary>Reconciles objects of this kind, on the changes the predicate lets through.</summary>
    public Controller For<T>(IInformer<T> primary, Func<Delta<T>, bool> predicate)
        where T : class, IKubernetesObject
    {
        syncs.Add(primary.WaitForSyncAsync);
        primary.AddHandler(delta =>
        {
            if (predicate(delta))
            {
                queue.Add(delta.Object.Key());
            }
        });
        return this;
    }

    /// <summary>Reconciles the keys that an object of another kind maps to: those of its old version and those of its new one.</summary>
    public Controller Watches<T>(IInformer<T> other, Func<T, IEnumerable<ObjectKey>> map)
        where T : class, IKubernetesObject => Watches(other, map, DeltaPredicates.VersionChanged);

    /// <summary>As the other overload, on the changes the predicate lets through.</summary>
    public Controller Watches<T>(IInformer<T> other, Func<T, IEnumerable<ObjectKey>> map, Func<Delta<T>, bool> predicate)
        where T : class, IKubernetesObject
    {
        syncs.Add(other.WaitForSyncAsync);
        other.AddHandler(delta =>
        {
            if (predicate(delta))
            {
                EnqueueAll(delta.Old, map);
                EnqueueAll(delta.New, map);
            }
        });
        return this;
    }

    /// <summary>Reconciles a key now.</summary>
    public void Enqueue(ObjectKey key) => queue.Add(key);

    /// <summary>Reconciles a key after a delay.</summary>
    public void EnqueueAfter(ObjectKey key, TimeSpan delay) => queue.AddAfter(key, delay);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken, CancellationToken.None);

    /// <summary>Reconciles until told to stop.</summary>
    /// <param name="stop">Take no more keys, let running reconciles finish within the drain deadline, then return.</param>
    /// <param name="abort">Cancel running reconciles at once: another process may already be doing the same work.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        try
        {
            await Task.WhenAll(syncs.Select(sync => sync(either.Token)));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return;
        }

        Log.ControllerStarted(logger, Name, options.Workers);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var workers = Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => WorkAsync(either.Token, work.Token)));
        await DrainAsync(workers, work, either.Token);
        Log.ControllerStopped(logger, Name);
    }

    /// <inheritdoc/>
    public void Dispose() => queue.Dispose();

    private void EnqueueAll<T>(T? obj, Func<T, IEnumerable<ObjectKey>> map)
        where T : class, IKubernetesObject
    {
        foreach (var key in obj is null ? [] : map(obj))
        {
            queue.Add(key);
        }
    }

    private async Task DrainAsync(Task workers, CancellationTokenSource work, CancellationToken stop)
    {
        await Task.WhenAny(workers, Stopped(stop));
        try
        {
            await workers.WaitAsync(options.DrainDeadline, time, work.Token);
            return;
        }
        catch (TimeoutException)
        {
            Log.DrainExceeded(logger, Name, options.DrainDeadline);
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            // Aborted: see below.
        }

        await work.CancelAsync();
        try
        {
            await workers.WaitAsync(options.CancelGrace, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Log.WorkAbandoned(logger, Name);
        }
    }

    private static Task Stopped(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.Register(() => stopped.TrySetResult());
        return stopped.Task;
    }

    private async Task WorkAsync(CancellationToken stop, CancellationToken work)
    {
        // Leave the caller's thread: the first keys may be reconciled without ever waiting.
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            ObjectKey key;
            try
            {
                (var taken, key) = await queue.TakeAsync(stop);
                if (!taken)
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // A key can arrive while the wait for it is being cancelled.
            if (!stop.IsCancellationRequested)
            {
                await ReconcileAsync(key, work);
            }
        }
    }

    private async Task ReconcileAsync(ObjectKey key, CancellationToken work)
    {
        var started = time.GetTimestamp();
        metrics.Active.Inc();
        Result result = default;
        Exception? error = null;
        try
        {
            result = await reconciler.ReconcileAsync(key, work);
        }
#pragma warning disable CA1031 // Every failure backs off; none ends the controller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = e;
        }

        metrics.Active.Dec();
        metrics.Time.Observe(time.GetElapsedTime(started).TotalSeconds);
        Settle(key, result, error, work);
        queue.Done(key);
    }

    /// <summary>The one place that decides what follows a reconcile.</summary>
    private void Settle(ObjectKey key, Result result, Exception? error, CancellationToken work)
    {
        switch (error)
        {
            case OperationCanceledException when work.IsCancellationRequested:
                break;
            case KubeApiException { IsConflict: true }:
                metrics.Ended("conflict");
                Log.ReconcileConflict(logger, Name, key);
                queue.AddAfter(key, ConflictDelay);
                break;
            case TerminalException terminal:
                metrics.FailedForGood();
                queue.Forget(key);
                Log.ReconcileTerminal(logger, Name, key, terminal.Reason, terminal.Message);
                break;
            case not null:
                metrics.Failed();
                var asked = (error as KubeApiException)?.RetryAfter ?? TimeSpan.Zero;
                LogFailure(key, queue.AddRateLimited(key, asked), error);
                break;
            case null when result.Failed:
                metrics.Failed();
                queue.AddRateLimited(key, result.RequeueAfter ?? TimeSpan.Zero);
                break;
            case null when result.RequeueAfter is { } after:
                metrics.Ended("requeue_after");
                queue.Forget(key);
                queue.AddAfter(key, after);
                break;
            default:
                metrics.Ended("success");
                queue.Forget(key);
                break;
        }
    }

    /// <summary>A request that failed says all in its message; only what nobody expected needs its stack trace.</summary>
    private void LogFailure(ObjectKey key, TimeSpan delay, Exception error)
    {
        if (error is KubeApiException or HttpRequestException or TimeoutException)
        {
            Log.ReconcileRefused(logger, Name, key, delay, error.Message);
        }
        else
        {
            Log.ReconcileFailed(logger, Name, key, delay, error);
        }
    }
}

using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Controllers;
using ScimOperator.Runtime.Queueing;
using ScimOperator.Simulation.Tests.Engine;

namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>
/// Feeds a reconciler from the runtime's own work queue, as the runtime's controller does. That one can't be used itself: it
/// waits with a cancellation token, and so on threads of the pool, where no seed decides what comes first.
/// </summary>
internal sealed class SimulatedController(string name, IReconciler reconciler, WorkQueueOptions options, int workers, Scheduler scheduler, EventLog log, OperatorProcess process, Action<Task> watch)
{
    private static readonly TimeSpan ConflictDelay = TimeSpan.FromMilliseconds(50);

    private readonly WorkQueue<ObjectKey> queue = new(name, options, scheduler.Time);

    internal SimulatedController For<T>(IInformer<T> primary, Func<Delta<T>, bool> predicate)
        where T : class, IKubernetesObject
    {
        primary.AddHandler(delta =>
        {
            if (predicate(delta))
            {
                queue.Add(delta.Object.Key());
            }
        });
        return this;
    }

    internal SimulatedController Watches<T>(IInformer<T> other, Func<T, IEnumerable<ObjectKey>> map)
        where T : class, IKubernetesObject
    {
        other.AddHandler(delta =>
        {
            if (DeltaPredicates.VersionChanged(delta))
            {
                foreach (var key in new[] { delta.Old, delta.New }.OfType<T>().SelectMany(map))
                {
                    queue.Add(key);
                }
            }
        });
        return this;
    }

    internal void EnqueueAfter(ObjectKey key, TimeSpan delay)
    {
        log.Trace($"{process.Name} {name} {key} is woken after {delay}");
        queue.AddAfter(key, delay);
    }

    internal void Start()
    {
        for (var i = 0; i < workers; i++)
        {
            watch(WorkAsync());
        }
    }

    private async Task WorkAsync()
    {
        while (process.IsAlive)
        {
            // Without a token: see above.
            var (_, key) = await queue.TakeAsync(CancellationToken.None);
            await process.LiveAsync();
            log.Trace($"{process.Name} {name} {key} begins");
            Result result = default;
            Exception? error = null;
            try
            {
                result = await reconciler.ReconcileAsync(key, CancellationToken.None);
            }
            catch (Exception e) when (e is not ViolationException)
            {
                error = e;
            }

            await process.LiveAsync();
            log.Trace($"{process.Name} {name} {key} ends: {result}");
            Settle(key, result, error);
            queue.Done(key);
        }
    }

    private void Settle(ObjectKey key, Result result, Exception? error)
    {
        if (error is not null)
        {
            log.Add($"{process.Name} {name} {key} failed: {(error is KubeApiException or HttpRequestException or TimeoutException ? error.Message : error.ToString())}");
        }

        switch (error)
        {
            case KubeApiException { IsConflict: true }:
                queue.AddAfter(key, ConflictDelay);
                break;
            case TerminalException:
                queue.Forget(key);
                break;
            case not null:
                queue.AddRateLimited(key, (error as KubeApiException)?.RetryAfter ?? TimeSpan.Zero);
                break;
            case null when result.Failed:
                queue.AddRateLimited(key, result.RequeueAfter ?? TimeSpan.Zero);
                break;
            case null when result.RequeueAfter is { } after:
                queue.Forget(key);
                queue.AddAfter(key, after);
                break;
            default:
                queue.Forget(key);
                break;
        }
    }
}

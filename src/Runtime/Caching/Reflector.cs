using System.Net;
using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.Caching;

/// <summary>
/// Keeps a store equal to a collection of the API server, by list and watch. Whatever happens, it tries again: only
/// cancellation ends it.
/// </summary>
internal sealed class Reflector<T>(
    IKubeClient client,
    ResourceType<T> type,
    InformerOptions<T> options,
    InformerStore<T> store,
    Action synced,
    TimeProvider time,
    ILogger logger)
    where T : class, IKubernetesObject
{
    private readonly Backoff backoff = new(options.MinBackoff, options.MaxBackoff, options.Random);
    private readonly string resource = type.Group.Length == 0 ? type.Plural : $"{type.Plural}.{type.Group}";
    private ReflectorState<T> state = new ReflectorState<T>.Empty();
    private volatile bool current;

    /// <summary>False from a failure until the next sign of life.</summary>
    public bool IsCurrent => current;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var delay = await AdvanceAsync(cancellationToken);
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One transition; returns how long to wait before the next.</summary>
    private async Task<TimeSpan> AdvanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (next, delay) = state switch
            {
                ReflectorState<T>.Listing page => (await ListAsync(page, cancellationToken), TimeSpan.Zero),
                ReflectorState<T>.Listed listed => (Take(listed), TimeSpan.Zero),
                ReflectorState<T>.Watching watching => await WatchAsync(watching, cancellationToken),
                _ => (await ListAsync(new ReflectorState<T>.Listing("", [], [], 0), cancellationToken), TimeSpan.Zero),
            };
            state = next;
            return delay;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (KubeApiException e) when (e.IsExpired)
        {
            return Expired();
        }
#pragma warning disable CA1031 // Whatever it is: an informer that ends would leave controllers acting on a frozen world.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(e);
        }
    }

    private async Task<ReflectorState<T>> ListAsync(ReflectorState<T>.Listing at, CancellationToken cancellationToken)
    {
        var query = new ListOptions(
            options.Namespace, options.LabelSelector, options.FieldSelector, options.PageSize, at.Continue.Length == 0 ? null : at.Continue);
        var page = await client.ListAsync(type, query, cancellationToken);
        foreach (var item in page.Items)
        {
            at.Items.Add(Slim(item));
        }

        at.Skipped.AddRange(page.Skipped);
        if (page.Metadata.Continue is { Length: > 0 } more)
        {
            return at with { Continue = more, Pages = at.Pages + 1 };
        }

        var version = page.Metadata.ResourceVersion is { Length: > 0 } v
            ? v
            : throw new InvalidDataException($"the list of {resource} has no resourceVersion");
        return new ReflectorState<T>.Listed(version, at.Items, at.Skipped, at.Pages + 1);
    }

    private ReflectorState<T>.Watching Take(ReflectorState<T>.Listed listed)
    {
        store.Replace(listed.Items, listed.Skipped, listed.Version);
        RuntimeMetrics.Relists.WithLabels(type.Plural).Inc();
        Log.Listed(logger, resource, listed.Items.Count, listed.Pages, listed.Version);
        backoff.Reset();
        current = true;
        synced();
        return new ReflectorState<T>.Watching(listed.Version);
    }

    /// <summary>One watch, until the server ends it. Progress is kept in <see cref="state"/> as it is made: an error loses none of it.</summary>
    private async Task<(ReflectorState<T> Next, TimeSpan Delay)> WatchAsync(ReflectorState<T>.Watching from, CancellationToken cancellationToken)
    {
        var life = options.WatchTimeout * (1 + options.Random.NextDouble());
        using var deadline = new CancellationTokenSource(life + options.WatchGrace, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var query = new WatchOptions(from.Version, options.Namespace, options.LabelSelector, options.FieldSelector, life);
        var started = time.GetTimestamp();
        var events = 0;
        RuntimeMetrics.WatchesOpened.WithLabels(type.Plural).Inc();
        try
        {
            await foreach (var change in client.WatchAsync(type, query, both.Token))
            {
                events++;
                Apply(change);
                current = true;
                state = new ReflectorState<T>.Watching(change.ResourceVersion);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            current = false;
            Log.WatchSilent(logger, resource, options.WatchGrace);
        }

        return (state, Ended(events, time.GetElapsedTime(started)));
    }

    /// <summary>An end is normal; a watch that ends at once and brings nothing, again and again, is not.</summary>
    private TimeSpan Ended(int events, TimeSpan lived)
    {
        Log.WatchResumes(logger, resource, state is ReflectorState<T>.Watching at ? at.Version : "");
        if (events > 0 || lived > TimeSpan.FromSeconds(1))
        {
            backoff.Reset();
            return TimeSpan.Zero;
        }

        return backoff.Next();
    }

    private void Apply(WatchEvent<T> change)
    {
        switch (change.Type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                store.Changed(Slim(change.Object!));
                break;
            case WatchEventType.Deleted:
                store.Deleted(Slim(change.Object!));
                break;
            default:
                store.Passed(change.ResourceVersion);
                break;
        }
    }

    private T Slim(T obj) => options.Transform is { } transform ? transform(obj) : obj;

    private TimeSpan Expired()
    {
        current = false;
        Log.Relisting(logger, resource);

        // A watch that could not be resumed is normal after a long outage; a list that expires under way is a server in trouble.
        var delay = state is ReflectorState<T>.Watching ? TimeSpan.Zero : backoff.Next();
        state = new ReflectorState<T>.Empty();
        return delay;
    }

    private TimeSpan Failed(Exception e)
    {
        current = false;
        var delay = backoff.Next();
        if (e is KubeApiException { RetryAfter: { } asked } && asked > delay)
        {
            delay = asked;
        }

        // What arrived can't be read, so events may be lost: only a new list is sure.
        if (e is InvalidDataException)
        {
            state = new ReflectorState<T>.Empty();
        }

        if (e is KubeApiException { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized })
        {
            Log.ReflectorForbidden(logger, resource, delay, e.Message);
        }
        else
        {
            Log.ReflectorFailed(logger, resource, delay, e.Message);
        }

        return delay;
    }
}

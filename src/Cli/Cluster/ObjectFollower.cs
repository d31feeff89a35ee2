using System.Runtime.CompilerServices;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Cluster;

/// <summary>
/// Follows objects of one namespace by watching them: first as they are, then at every change, through restarts of
/// the API server. Ends only with its reader, or by a refusal.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="notices">Told when the connection is lost.</param>
internal sealed class ObjectFollower(IKubeClient client, TimeProvider time, TextWriter notices)
{
    private readonly WatchPauses pauses = new(time, notices);

    /// <summary>Follows the named objects. Throws <see cref="KubeApiException"/> for a refusal that trying again can't mend.</summary>
    internal async IAsyncEnumerable<ObjectSighting<T>> FollowAsync<T>(
        ResourceType<T> type, string ns, IReadOnlyList<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        // A list and a watch by name are all that a role narrowed by resourceNames allows.
        var selection = new Selection<T>(type, ns, names is [var only] ? $"metadata.name={only}" : null);
        while (true)
        {
            var (items, version) = await ListAsync(selection, cancellationToken);
            var present = items.ToDictionary(o => o.Metadata.Name, StringComparer.Ordinal);
            foreach (var name in wanted)
            {
                yield return new ObjectSighting<T>(name, present.GetValueOrDefault(name));
            }

            await foreach (var change in WatchAsync(selection, version, cancellationToken))
            {
                if (change.Object is { } seen && wanted.Contains(seen.Metadata.Name))
                {
                    yield return new ObjectSighting<T>(seen.Metadata.Name, change.Type == WatchEventType.Deleted ? null : seen);
                }
            }
        }
    }

    private async Task<(IReadOnlyList<T> Items, string Version)> ListAsync<T>(Selection<T> selection, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        while (true)
        {
            var listed = await TryAsync(() => PagesAsync(selection, cancellationToken), cancellationToken);
            if (!listed.Failed)
            {
                return listed.Value;
            }

            await pauses.FailedAsync(listed.Why, cancellationToken);
        }
    }

    private async Task<(IReadOnlyList<T> Items, string Version)> PagesAsync<T>(Selection<T> selection, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var items = new List<T>();
        string? next = null;
        while (true)
        {
            var page = await client.ListAsync(
                selection.Type, new ListOptions(selection.Namespace, FieldSelector: selection.Fields, Limit: ClusterReader.PageSize, Continue: next), cancellationToken);
            items.AddRange(page.Items);
            next = page.Metadata.Continue;
            if (string.IsNullOrEmpty(next))
            {
                return (items, page.Metadata.ResourceVersion ?? "");
            }
        }
    }

    /// <summary>Watches from a version on, again and again, until that version is too old.</summary>
    private async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        Selection<T> selection, string version, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        Attempt<bool> moved;
        do
        {
            var options = new WatchOptions(version, selection.Namespace, FieldSelector: selection.Fields);
            await using var events = client.WatchAsync(selection.Type, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while ((moved = await TryAsync(async () => await events.MoveNextAsync(), cancellationToken)).Value)
            {
                pauses.Reset();
                version = events.Current.ResourceVersion;
                yield return events.Current;
            }

            // An expired version is no failure: the list that follows tells what was missed.
            await (moved is { Failed: true, Expired: false } ? pauses.FailedAsync(moved.Why, cancellationToken) : pauses.EndedAsync(cancellationToken));
        }
        while (!moved.Expired);
    }

    private static async Task<Attempt<TResult>> TryAsync<TResult>(Func<Task<TResult>> call, CancellationToken cancellationToken)
    {
        try
        {
            return new Attempt<TResult>(await call(), "", false);
        }
        catch (KubeApiException e) when (e.IsExpired || e.IsTransient)
        {
            return new Attempt<TResult>(default!, e.Message, e.IsExpired);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is (HttpRequestException or TimeoutException or IOException))
        {
            return new Attempt<TResult>(default!, e.Message, false);
        }
    }

    private sealed record Selection<T>(ResourceType<T> Type, string Namespace, string? Fields)
        where T : class, IKubernetesObject;

    private readonly record struct Attempt<TResult>(TResult Value, string Why, bool Expired)
    {
        internal bool Failed => Why.Length > 0;
    }
}

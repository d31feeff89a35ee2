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
    private const int PageSize = 500;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Follows the named objects. Throws <see cref="KubeApiException"/> for a refusal that trying again can't mend.</summary>
    internal async IAsyncEnumerable<ObjectSighting<T>> FollowAsync<T>(
        ResourceType<T> type, string ns, IReadOnlyList<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        // A watch by name is all that a role narrowed by resourceNames allows.
        var selector = names is [var only] ? $"metadata.name={only}" : null;
        var failures = 0;
        string? version = null;
        while (true)
        {
            if (version is null)
            {
                var listed = await TryAsync(() => ListAsync(type, ns, selector, cancellationToken), cancellationToken);
                if (listed.Failed)
                {
                    await PauseAsync(++failures, listed.Why, cancellationToken);
                    continue;
                }

                version = listed.Value.Version;
                var present = listed.Value.Items.Where(o => wanted.Contains(o.Metadata.Name)).ToDictionary(o => o.Metadata.Name, StringComparer.Ordinal);
                foreach (var name in wanted)
                {
                    yield return new ObjectSighting<T>(name, present.GetValueOrDefault(name));
                }
            }

            await using var events = client.WatchAsync(type, new WatchOptions(version, ns, FieldSelector: selector), cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var moved = await TryAsync(async () => await events.MoveNextAsync(), cancellationToken);
                if (moved.Failed)
                {
                    version = moved.Expired ? null : version;
                    await PauseAsync(moved.Expired ? 0 : ++failures, moved.Why, cancellationToken);
                    break;
                }

                if (!moved.Value)
                {
                    break;
                }

                failures = 0;
                version = events.Current.ResourceVersion;
                if (events.Current.Object is { } seen && wanted.Contains(seen.Metadata.Name))
                {
                    yield return new ObjectSighting<T>(seen.Metadata.Name, events.Current.Type == WatchEventType.Deleted ? null : seen);
                }
            }
        }
    }

    private async Task<(IReadOnlyList<T> Items, string Version)> ListAsync<T>(ResourceType<T> type, string ns, string? selector, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var items = new List<T>();
        string? next = null;
        while (true)
        {
            var page = await client.ListAsync(type, new ListOptions(ns, FieldSelector: selector, Limit: PageSize, Continue: next), cancellationToken);
            items.AddRange(page.Items);
            next = page.Metadata.Continue;
            if (string.IsNullOrEmpty(next))
            {
                return (items, page.Metadata.ResourceVersion ?? "");
            }
        }
    }

    private static async Task<Attempt<TResult>> TryAsync<TResult>(Func<Task<TResult>> call, CancellationToken cancellationToken)
    {
        try
        {
            return new Attempt<TResult>(await call(), false, false, "");
        }
        catch (KubeApiException e) when (e.IsExpired)
        {
            return new Attempt<TResult>(default!, true, true, e.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (e is KubeApiException { IsTransient: true } or HttpRequestException or TimeoutException or IOException))
        {
            return new Attempt<TResult>(default!, true, false, e.Message);
        }
    }

    private async Task PauseAsync(int failures, string why, CancellationToken cancellationToken)
    {
        if (failures == 0)
        {
            return;
        }

        if (failures == 1)
        {
            await notices.WriteLineAsync($"The watch broke off and is taken up again: {why}");
        }

        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, ShortestPause.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 10))));
        await Task.Delay(pause, time, cancellationToken);
    }

    private readonly record struct Attempt<TResult>(TResult Value, bool Failed, bool Expired, string Why);
}

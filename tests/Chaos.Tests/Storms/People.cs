using System.Globalization;
using ScimOperator.Chaos.Tests.Observation;
using ScimOperator.ControlPlanes;

namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>Rotate, move, create and delete tokens, and lose Secrets, as the seed says. They try again when they are not heard.</summary>
internal sealed class People(StormSite site, int seed, StormLog log, TimeProvider time) : IAsyncDisposable
{
    private const int FewestTokens = 2;
    private const int MostTokens = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    private readonly Random random = new(seed);
    private readonly List<Connection> all = [];
    private int made;

    /// <summary>Every connection there ever was.</summary>
    internal IReadOnlyList<Connection> Connections => all;

    /// <summary>Those that are in use.</summary>
    internal List<Connection> Current { get; } = [];

    /// <summary>Acts until told to stop; finishes what is begun.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await ActAsync();
            await Task.Delay(TimeSpan.FromSeconds(0.5 + (random.NextDouble() * 1.5)), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A new ScimToken with an identity provider.</summary>
    internal async Task CreateAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"conn{++made}");
        var owner = Manifests.Admins[random.Next(Manifests.Admins.Length)];
        if (await TryAsync("create", () => CreateOnceAsync(name, owner)))
        {
            var connection = new Connection(site, name, owner);
            all.Add(connection);
            Current.Add(connection);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in all)
        {
            await connection.DisposeAsync();
        }
    }

    private Task ActAsync()
    {
        var connection = Current[random.Next(Current.Count)];
        return random.Next(10) switch
        {
            0 when Current.Count > FewestTokens => DeleteAsync(connection),
            1 when Current.Count < MostTokens => CreateAsync(),
            2 => TryAsync("lose Secret", () => site.Cluster.DeleteAsync(Cluster.Secret(StormSite.Namespace, Manifests.SecretOf(connection.Name)))),
            3 or 4 or 5 => RehomeAsync(connection),
            _ => RotateAsync(connection),
        };
    }

    private Task<bool> RotateAsync(Connection connection)
    {
        var request = random.Next().ToString(CultureInfo.InvariantCulture);
        return TryAsync("rotate", () => site.Cluster.MergeAsync(StormSite.Path("scimtokens", connection.Name), Manifests.Annotation("rotate-requested-at", request)));
    }

    private Task<bool> RehomeAsync(Connection connection)
    {
        connection.Owner = Manifests.Admins.First(admin => admin != connection.Owner);
        return TryAsync("re-home", () => site.Cluster.MergeAsync(StormSite.Path("scimtokens", connection.Name), Manifests.Owner(connection.Owner)));
    }

    private async Task DeleteAsync(Connection connection)
    {
        await connection.StopAsync();
        Current.Remove(connection);
        await TryAsync("delete", () => site.Cluster.DeleteAsync(StormSite.Path("scimtokens", connection.Name)));
    }

    private async Task CreateOnceAsync(string name, string owner)
    {
        // The answer to an earlier try may have been lost.
        if (await site.Cluster.GetAsync(StormSite.Path("scimtokens", name)) is null)
        {
            await site.Cluster.CreateAsync(StormSite.Path("scimtokens"), Manifests.Token(name, owner));
        }
    }

    /// <summary>Tries for a while: the API server may be away, or its webhooks with all replicas, or not know enough to allow it.</summary>
    private async Task<bool> TryAsync(string what, Func<Task> act)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await act();
                log.Note(what);
                return true;
            }
            catch (Exception exception) when (exception is HttpRequestException or ControlPlaneException or OperationCanceledException or IOException)
            {
                if (time.GetElapsedTime(began) > Patience)
                {
                    log.Note($"{what}: given up", exception.Message);
                    return false;
                }
            }

            await Task.Delay(RetryAfter, time);
        }
    }
}

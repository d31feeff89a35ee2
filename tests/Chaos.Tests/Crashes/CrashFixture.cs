using System.Collections.Concurrent;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>Worlds that the tests borrow, on one control plane.</summary>
public sealed class CrashFixture : IAsyncLifetime
{
    private readonly ConcurrentBag<World> idle = [];
    private CrashCluster? cluster;

    internal CrashCluster Cluster => cluster ?? throw new InvalidOperationException("xunit has not initialised the fixture yet.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => cluster = await CrashCluster.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Task.WhenAll(idle.Select(world => world.DisposeAsync().AsTask()));
        await Cluster.DisposeAsync();
    }

    /// <summary>A world with an Account and its admins, where nothing else happens.</summary>
    internal async Task<World> BorrowAsync() => idle.TryTake(out var world) ? world : await World.StartAsync(Cluster);

    /// <summary>Gives it back, as it was found.</summary>
    internal void GiveBack(World world) => idle.Add(world);
}

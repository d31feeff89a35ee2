using ScimOperator.Chaos.Tests.Observation;

namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>A ScimToken with the identity provider that lives on it.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private static readonly IdentityProviderPace Pace = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(20));

    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    internal Connection(StormSite site, string name, string owner)
    {
        Name = name;
        Owner = owner;
        Provider = new IdentityProvider(site.Cluster, site.Backend.Api, StormSite.Namespace, Manifests.SecretOf(name), Pace, TimeProvider.System);
        running = Provider.RunAsync(stop.Token);
    }

    /// <summary>The ScimToken's.</summary>
    internal string Name { get; }

    /// <summary>Who was last declared to own it.</summary>
    internal string Owner { get; set; }

    internal IdentityProvider Provider { get; }

    /// <summary>Turns the connection off, as one does before giving up its token.</summary>
    internal async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }
}

using System.Globalization;
using ScimOperator.ControlPlanes.Processes;
using ScimOperator.IdpStandIn;

namespace ScimOperator.DevEnvironments;

/// <summary>The identity provider's stand-in, which provisions with the token that a Secret holds.</summary>
public sealed class IdpProcess : IAsyncDisposable
{
    private readonly ChildProcess child;
    private readonly string statistics;

    internal IdpProcess(ProcessStarter starter, string name, string kubeconfig, string ns, string secret, string statistics, int rate)
    {
        this.statistics = statistics;
        var program = Path.Combine(AppContext.BaseDirectory, "idp-stand-in");
        child = starter.Start(
            name,
            program,
            ["--kubeconfig", kubeconfig, "--namespace", ns, "--secret", secret, "--stats-file", statistics, "--rate", rate.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>The running program.</summary>
    public ChildProcess Process => child;

    /// <summary>The counts so far, at most a quarter of a second old.</summary>
    public StatisticsSnapshot Statistics => StatisticsFile.Read(statistics);

    /// <summary>Stops it; its last counts are then complete.</summary>
    public async Task<StatisticsSnapshot> StopAsync(CancellationToken cancellationToken = default)
    {
        await child.StopAsync(cancellationToken: cancellationToken);
        return Statistics;
    }

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => child.DisposeAsync();
}

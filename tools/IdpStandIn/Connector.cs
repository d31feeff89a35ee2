using ScimOperator.ControlPlanes.Kubeconfigs;

namespace ScimOperator.IdpStandIn;

/// <summary>The whole connector: reads the Secret, provisions, counts.</summary>
internal static class Connector
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs until told to stop; the last counts are written then.</summary>
    internal static async Task RunAsync(IdpOptions options, TimeProvider time, CancellationToken stop)
    {
        var kubeconfig = KubeconfigReader.Read(await File.ReadAllTextAsync(options.Kubeconfig, stop), Path.GetDirectoryName(Path.GetFullPath(options.Kubeconfig))!);
        using var cluster = ApiClientFactory.Create(kubeconfig);
        using var account = new HttpClient { Timeout = Patience };
        cluster.Timeout = Patience;
        var statistics = new Statistics(time);
        var secrets = new SecretReader(cluster, options.Namespace, options.Secret, statistics, time);
        var provisioner = new Provisioner(account, secrets, new ProvisioningScript(options.Seed), statistics, time);
        try
        {
            await Task.WhenAll(
                secrets.RunAsync(stop),
                provisioner.RunAsync(options.Rate, stop),
                StatisticsFile.KeepAsync(options.StatsFile, statistics, time, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop.
        }

        StatisticsFile.Write(options.StatsFile, statistics.Snapshot());
    }
}

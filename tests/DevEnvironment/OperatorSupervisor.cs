using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.DevEnvironments;

/// <summary>
/// Does what kubelets and a Service do for the operator's Deployment: starts its replicas, starts again one that ended, and
/// gives all of them one address. Its replicas end with it.
/// </summary>
public sealed class OperatorSupervisor(SupervisorSpec spec, TimeProvider time)
{
    // A kubelet's first delay is longer; one that waits for the eye of a person should not be.
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);

    /// <summary>Runs until told to stop; then the replicas are ended politely.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var service = new ServiceStandIn(() => spec.Replicas.Select(replica => replica.WebhookPort), spec.ServicePort);
        await Task.WhenAll(spec.Replicas.Select(replica => KeepAsync(replica, stop)));
    }

    private async Task KeepAsync(SupervisedReplica replica, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await using var child = ChildProcess.Start(new ChildProcessOptions
            {
                Name = replica.Name,
                FileName = spec.Program,
                Arguments = replica.Arguments,
                LogPath = Path.Combine(spec.LogDirectory, replica.Name + ".log"),
                Time = time,
            });
            await ((Task)child.Exited).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(RestartDelay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

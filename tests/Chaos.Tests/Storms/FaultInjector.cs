using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>Carries out the planned faults, each at its time, and starts again what it killed.</summary>
internal sealed class FaultInjector(StormSite site, StormLog log, TimeProvider time)
{
    private readonly List<Task> repairs = [];
    private Task backend = Task.CompletedTask;
    private Task apiServer = Task.CompletedTask;

    /// <summary>Runs to the end of the plan; returns when all that was killed runs again.</summary>
    internal async Task RunAsync(IReadOnlyList<PlannedFault> plan, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        foreach (var fault in plan)
        {
            var wait = fault.At - time.GetElapsedTime(started);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stop);
            repairs.Add(await StrikeAsync(fault));
        }

        await Task.WhenAll(repairs);
    }

    /// <summary>Starts replicas that ended, killed or by themselves, as a kubelet does; until told to stop.</summary>
    internal async Task KeepReplicasAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var replica in site.Environment.Operators.Where(replica => !replica.IsRunning))
            {
                replica.Start();
                log.Count("replica started again");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Begins a fault; the task that is returned ends it.</summary>
    private async Task<Task> StrikeAsync(PlannedFault fault)
    {
        log.Note(fault.Kind.ToString(), fault.Lasts > TimeSpan.Zero ? $"for {fault.Lasts.TotalSeconds:0.0} s" : "");
        switch (fault.Kind)
        {
            case FaultKind.KillLeader:
                (await LeaderAsync(fault))?.Process.Signal(ChildSignal.Kill);
                return Task.CompletedTask;
            case FaultKind.KillReplica:
                Any(fault)?.Process.Signal(ChildSignal.Kill);
                return Task.CompletedTask;
            case FaultKind.FreezeLeader:
                return FreezeAsync(await LeaderAsync(fault), fault.Lasts);
            case FaultKind.KillBackend:
                return backend = backend.IsCompleted ? RestartBackendAsync(fault.Lasts) : backend;
            case FaultKind.KillApiServer:
                return apiServer = apiServer.IsCompleted ? RestartApiServerAsync(fault.Lasts) : apiServer;
            case FaultKind.CutCluster:
                site.ClusterProxy.Cut();
                return Task.CompletedTask;
            case FaultKind.CutAccount:
                site.AccountProxy.Cut();
                return Task.CompletedTask;
            case FaultKind.RoughCluster:
                site.ClusterWeather.Roughen(fault.Lasts);
                return Task.CompletedTask;
            case FaultKind.RoughAccount:
            default:
                site.AccountWeather.Roughen(fault.Lasts);
                return Task.CompletedTask;
        }
    }

    private OperatorProcess? Any(PlannedFault fault)
    {
        var running = site.Environment.Operators.Where(replica => replica.IsRunning).ToList();
        return running.Count == 0 ? null : running[fault.Choice % running.Count];
    }

    /// <summary>The replica that the Lease names; any other while that can't be asked.</summary>
    private async Task<OperatorProcess?> LeaderAsync(PlannedFault fault)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        try
        {
            var holder = await site.Environment.Reader.GetLeaseHolderAsync(deadline.Token);
            return site.Environment.Operators.FirstOrDefault(o => o.IsRunning && holder?.StartsWith(o.Name + "_", StringComparison.Ordinal) == true) ?? Any(fault);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return Any(fault);
        }
    }

    private async Task FreezeAsync(OperatorProcess? replica, TimeSpan lasts)
    {
        if (replica?.Process is not { } process)
        {
            return;
        }

        process.Signal(ChildSignal.Stop);
        await Task.Delay(lasts, time, CancellationToken.None);
        process.Signal(ChildSignal.Continue);
    }

    private async Task RestartBackendAsync(TimeSpan away)
    {
        await site.Backend.KillAsync();
        await Task.Delay(away, time, CancellationToken.None);
        await site.Backend.StartAsync();
    }

    private async Task RestartApiServerAsync(TimeSpan away)
    {
        if (!site.Environment.Plane.CanRestart)
        {
            throw new ControlPlaneException("The API server is not ours to kill.");
        }

        await site.Environment.Plane.KillApiServerAsync();
        await Task.Delay(away, time, CancellationToken.None);
        await site.Environment.Plane.StartApiServerAsync();
        log.Write("the API server is back");
    }
}

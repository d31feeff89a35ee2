namespace ScimOperator.Dev.Demo;

/// <summary>Kills a part (SIGKILL) and has it started again, as a kubelet or an administrator would.</summary>
internal sealed class Disturbance(Stage stage)
{
    /// <summary>Kills what the options name.</summary>
    internal async Task StrikeAsync(CancellationToken stop)
    {
        switch (stage.Options.Kill)
        {
            case KillTarget.Leader:
                var leader = await stage.Environment.FindLeaderAsync(stop);
                stage.Narrator.Detail($"kill -9 {leader.Process.Id}: {leader.Name}, which holds the Lease");
                await leader.KillAsync(stop);
                break;
            case KillTarget.ApiServer:
                stage.Narrator.Detail($"kill -9 {stage.Environment.Plane.ApiServerProcess.Id}: kube-apiserver, and start it again");
                await stage.Environment.Plane.KillApiServerAsync(stop);
                await stage.Environment.Plane.StartApiServerAsync(stop);
                break;
            case KillTarget.Backend:
                stage.Narrator.Detail($"kill -9 {stage.Backend.Process.Id}: the account's backend, and start it again");
                await stage.Backend.KillAsync(stop);
                await stage.Backend.StartAsync(stop);
                break;
            case KillTarget.None:
            default:
                break;
        }
    }

    /// <summary>Starts replicas that ended, as a kubelet does.</summary>
    internal void Revive()
    {
        foreach (var replica in stage.Environment.Operators.Where(replica => !replica.IsRunning))
        {
            replica.Start();
            stage.Narrator.Detail($"{replica.Name} ended and is started again");
        }
    }
}

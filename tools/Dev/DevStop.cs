using ScimOperator.ControlPlanes.Processes;
using ScimOperator.ControlPlanes.State;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev;

/// <summary>Ends what the state file names, whether it is complete or not.</summary>
internal sealed class DevStop(DevFiles files, Narrator narrator, TimeProvider time)
{
    /// <summary>The value in the state file that is there only when the cluster is somebody else's: what was applied to it.</summary>
    internal const string ForeignManifest = "foreignManifest";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Ends it.</summary>
    /// <returns>How many processes still ran.</returns>
    internal async Task<int> RunAsync(CancellationToken stop)
    {
        var values = RunStateFile.Load(files.State).Values;
        if (values.TryGetValue(ForeignManifest, out var manifest))
        {
            await new ForeignCluster(arguments => KubectlAsync(values, arguments, stop)).CleanUpAsync(manifest);
        }

        var ended = await RunStateFile.StopAsync(files.State, Grace, time, narrator.Progress, stop);
        File.Delete(files.Environment);
        return ended;
    }

    private static Task<CommandResult> KubectlAsync(IReadOnlyDictionary<string, string> values, IReadOnlyList<string> arguments, CancellationToken stop) =>
        Command.RunAsync(
            values.GetValueOrDefault("kubectl", "kubectl"),
            ["--kubeconfig", values[ControlPlanes.ControlPlane.KubeconfigValue], .. arguments],
            cancellationToken: stop);
}

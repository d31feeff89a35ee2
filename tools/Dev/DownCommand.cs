using ScimOperator.ControlPlanes.State;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev;

/// <summary>Ends what <see cref="UpCommand"/> started, and nothing else.</summary>
internal sealed class DownCommand(RepositoryLayout repository, Narrator narrator, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly DevFiles files = new(repository);

    internal async Task<int> RunAsync(CancellationToken stop)
    {
        if (!File.Exists(files.State))
        {
            narrator.Say("Nothing is running.");
            return 0;
        }

        var ended = await RunStateFile.StopAsync(files.State, Grace, time, narrator.Progress, stop);
        File.Delete(files.Environment);
        narrator.Say($"Ended {ended} processes.");
        return 0;
    }
}

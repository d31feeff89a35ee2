using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev;

/// <summary>Ends what <see cref="UpCommand"/> started, and nothing else.</summary>
internal sealed class DownCommand(RepositoryLayout repository, Narrator narrator, TimeProvider time)
{
    private readonly DevFiles files = new(repository);

    internal async Task<int> RunAsync(CancellationToken stop)
    {
        if (!File.Exists(files.State))
        {
            narrator.Say("Nothing is running.");
            return 0;
        }

        var ended = await new DevStop(files, narrator, time).RunAsync(stop);
        narrator.Say($"Ended {ended} processes.");
        return 0;
    }
}

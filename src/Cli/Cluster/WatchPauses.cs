namespace ScimOperator.Cli.Cluster;

/// <summary>Waits between attempts, the longer the more of them failed in a row, and says once that the connection was lost.</summary>
internal sealed class WatchPauses(TimeProvider time, TextWriter notices)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int failures;

    /// <summary>Something came through.</summary>
    internal void Reset() => failures = 0;

    /// <summary>The server ended the stream, as it does from time to time: one that always does so at once must not be asked without pause.</summary>
    internal Task EndedAsync(CancellationToken cancellationToken) => Task.Delay(Shortest, time, cancellationToken);

    /// <summary>An attempt failed.</summary>
    internal async Task FailedAsync(string why, CancellationToken cancellationToken)
    {
        if (failures++ == 0)
        {
            await notices.WriteLineAsync($"The API server is lost from sight, and is asked again until it answers: {why}");
        }

        var pause = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Shortest.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 10))));
        await Task.Delay(pause, time, cancellationToken);
    }
}

using System.Text.Json;

namespace ScimOperator.IdpStandIn;

/// <summary>The file through which another process sees the counts.</summary>
public static class StatisticsFile
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    /// <summary>What the file holds; empty counts where there is none yet.</summary>
    public static StatisticsSnapshot Read(string path) =>
        File.Exists(path)
            ? JsonSerializer.Deserialize(File.ReadAllText(path), StatisticsJsonContext.Default.StatisticsSnapshot) ?? new StatisticsSnapshot()
            : new StatisticsSnapshot();

    /// <summary>Replaces the file in one step: a reader sees the old counts or the new ones.</summary>
    internal static void Write(string path, StatisticsSnapshot snapshot)
    {
        var partial = path + ".partial";
        File.WriteAllText(partial, JsonSerializer.Serialize(snapshot, StatisticsJsonContext.Default.StatisticsSnapshot));
        File.Move(partial, path, overwrite: true);
    }

    internal static async Task KeepAsync(string path, Statistics statistics, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            Write(path, statistics.Snapshot());
        }
        while (await timer.WaitForNextTickAsync(stop));
    }
}

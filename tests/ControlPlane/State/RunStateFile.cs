using System.Text.Json;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes.State;

/// <summary>The file that remembers what was left running, and ends exactly that.</summary>
/// <remarks>
/// Guarantees: a process is ended only when number, start time and boot are those of the process that was started; the file is
/// replaced in one step; a folder is deleted only when it is in the file. Assumption: one writer at a time.
/// </remarks>
public static class RunStateFile
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads the file; an empty state where there is none.</summary>
    /// <exception cref="ControlPlaneException">It is damaged; the message says what to do.</exception>
    public static RunState Load(string path)
    {
        if (!File.Exists(path))
        {
            return new RunState();
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), RunStateJsonContext.Default.RunState) ?? new RunState();
        }
        catch (JsonException exception)
        {
            throw new ControlPlaneException(
                $"{path} is damaged ({exception.Message}). End the processes that are still running by hand, then delete it.", exception);
        }
    }

    /// <summary>Writes the file (mode 0600).</summary>
    public static void Save(string path, RunState state) =>
        PrivateFile.Write(path, JsonSerializer.Serialize(state, RunStateJsonContext.Default.RunState));

    /// <summary>Changes what the file holds.</summary>
    public static void Update(string path, Func<RunState, RunState> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Save(path, change(Load(path)));
    }

    /// <summary>Ends every process in reverse order (SIGTERM, then SIGKILL after the grace period), deletes the folders and the file.</summary>
    /// <returns>How many processes still ran and were ended.</returns>
    public static async Task<int> StopAsync(string path, TimeSpan grace, TimeProvider time, TextWriter progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var state = Load(path);
        var ended = 0;
        foreach (var process in state.Processes.Reverse())
        {
            var ran = await EndAsync(process.Identity, grace, time, cancellationToken);
            progress.WriteLine($"{process.Name} ({process.Identity.Pid}): {(ran ? "ended" : "was not running any more")}");
            ended += ran ? 1 : 0;
        }

        foreach (var folder in state.Folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(path);
        return ended;
    }

    private static async Task<bool> EndAsync(ProcessIdentity identity, TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!identity.TrySignal(ChildSignal.Continue))
        {
            return false;
        }

        identity.TrySignal(ChildSignal.Terminate);
        if (!await WaitForEndAsync(identity, grace, time, cancellationToken))
        {
            identity.TrySignal(ChildSignal.Kill);
            await WaitForEndAsync(identity, grace, time, cancellationToken);
        }

        return true;
    }

    /// <summary>Its parent is gone, so nobody tells us when it ends: it is asked for, in short intervals.</summary>
    private static async Task<bool> WaitForEndAsync(ProcessIdentity identity, TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (identity.IsAlive)
        {
            if (time.GetElapsedTime(start) >= grace)
            {
                return false;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        return true;
    }
}

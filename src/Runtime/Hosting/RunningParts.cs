using Microsoft.Extensions.Logging;

namespace ScimOperator.Runtime.Hosting;

/// <summary>The parts a host has started. One that fails stops the host: half an operator is worse than a restarted one.</summary>
internal sealed class RunningParts(ILogger logger, CancellationTokenSource stopHost)
{
    private readonly Lock gate = new();
    private readonly List<Task> tasks = [];
    private volatile bool failed;

    /// <summary>Whether a part ended with an error.</summary>
    public bool Failed => failed;

    /// <summary>Starts parts.</summary>
    public void Start(IEnumerable<IRunnable> parts, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            tasks.AddRange(parts.Select(part => RunAsync(part, cancellationToken)));
        }
    }

    /// <summary>Waits for all to end, no longer than the deadline.</summary>
    public async Task WaitAsync(TimeSpan deadline, TimeProvider time)
    {
        Task all;
        lock (gate)
        {
            all = Task.WhenAll(tasks);
        }

        await all.WaitAsync(deadline, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(IRunnable part, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await part.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped as told.
        }
#pragma warning disable CA1031 // Told to the log and to the exit code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failed = true;
            Log.PartFailed(logger, part.Name, e);
            await stopHost.CancelAsync();
        }
    }
}

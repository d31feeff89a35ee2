namespace ScimOperator.Cli.Cluster;

/// <summary>How long a command may wait; ends also with Ctrl-C, and tells the two apart.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource? limit;
    private readonly CancellationTokenSource linked;
    private readonly CancellationToken interrupt;

    /// <param name="timeout">The longest wait; zero for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interrupt">Cancelled by Ctrl-C.</param>
    internal Deadline(TimeSpan timeout, TimeProvider time, CancellationToken interrupt)
    {
        this.interrupt = interrupt;
        limit = timeout > TimeSpan.Zero ? new CancellationTokenSource(timeout, time) : null;
        linked = CancellationTokenSource.CreateLinkedTokenSource(interrupt, limit?.Token ?? CancellationToken.None);
    }

    internal CancellationToken Token => linked.Token;

    /// <summary>Whether the time is over, rather than the user's patience.</summary>
    internal bool IsOver => limit?.IsCancellationRequested == true && !interrupt.IsCancellationRequested;

    public void Dispose()
    {
        linked.Dispose();
        limit?.Dispose();
    }
}

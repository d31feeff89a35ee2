using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes;

/// <summary>One program of the control plane, which can be stopped, killed and started again with the same ports and data.</summary>
internal sealed class Component : IAsyncDisposable
{
    private readonly Func<ChildProcessOptions> describe;
    private readonly Func<ChildProcess, CancellationToken, Task> waitUntilReady;
    private readonly Action<ChildProcess>? started;
    private ChildProcess? child;

    internal Component(Func<ChildProcessOptions> describe, Action<ChildProcess>? started, Func<ChildProcess, CancellationToken, Task> waitUntilReady)
    {
        this.describe = describe;
        this.started = started;
        this.waitUntilReady = waitUntilReady;
    }

    /// <summary>The running program.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    internal ChildProcess Process => child ?? throw new InvalidOperationException("This part of the control plane was not started.");

    internal bool IsRunning => child is { HasExited: false };

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsRunning)
        {
            return;
        }

        child = ChildProcess.Start(describe());
        started?.Invoke(child);
        await waitUntilReady(child, cancellationToken);
    }

    internal Task StopAsync(CancellationToken cancellationToken) =>
        IsRunning ? Process.StopAsync(cancellationToken: cancellationToken) : Task.CompletedTask;

    internal Task KillAsync(CancellationToken cancellationToken) =>
        IsRunning ? Process.KillAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Ends it, also a detached one: whoever disposes of a component did not hand it over.</summary>
    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await StopAsync(CancellationToken.None);
            await child.DisposeAsync();
        }
    }
}

namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>
/// One run of the operator's process. Once it has ended, its code never gets another answer: whatever waits, waits for ever,
/// as memory of a process that is gone does.
/// </summary>
internal sealed class OperatorProcess(string name)
{
    internal string Name => name;

    internal bool IsAlive { get; private set; } = true;

    internal Action? Ended { get; set; }

    /// <summary>Ends the process at once.</summary>
    internal void End()
    {
        if (IsAlive)
        {
            IsAlive = false;
            Ended?.Invoke();
        }
    }

    /// <summary>Returns while the process lives; else never.</summary>
    internal Task LiveAsync() => IsAlive ? Task.CompletedTask : new TaskCompletionSource().Task;
}

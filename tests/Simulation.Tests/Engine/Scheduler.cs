namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>
/// Runs everything on one thread: what is ready is run in an order drawn from the seed; when nothing is ready, virtual time
/// moves to the next timer. The same seed gives the same run.
/// </summary>
internal sealed class Scheduler(int seed, int mostSteps) : SynchronizationContext
{
    private readonly Random random = new(seed);
    private readonly List<(SendOrPostCallback Callback, object? State)> ready = [];
    private readonly int thread = Environment.CurrentManagedThreadId;
    private int steps;

    internal VirtualTime Time { get; } = new();

    /// <summary>Called after every step.</summary>
    internal Action? AfterStep { get; set; }

    internal int Steps => steps;

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        // Work that came from a thread of the pool would come at a moment that no seed decides.
        if (Environment.CurrentManagedThreadId != thread)
        {
            throw new InvalidOperationException("something left the simulation's thread: the run can't be repeated");
        }

        ready.Add((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Completes after some virtual time; other work runs meanwhile, even when the time is zero.</summary>
    internal Task PassAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        if (time > TimeSpan.Zero)
        {
            return Task.Delay(time, Time, cancellationToken);
        }

        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        turn.SetResult();
        return turn.Task;
    }

    /// <summary>Does something once some virtual time has passed, whoever is gone by then.</summary>
    internal void After(TimeSpan time, Action action)
    {
        Time.CreateTimer(_ => action(), null, time, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs until a moment, or until there is a reason to stop.</summary>
    internal void RunUntil(DateTimeOffset end, Func<bool> stop)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            while (!stop() && Step(end))
            {
                AfterStep?.Invoke();
                if (++steps > mostSteps)
                {
                    throw new ViolationException($"no end: more than {mostSteps} steps; something repeats without pause");
                }
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private bool Step(DateTimeOffset end)
    {
        if (ready.Count == 0)
        {
            return Time.TryFireNext(end);
        }

        var at = random.Next(ready.Count);
        var (callback, state) = ready[at];
        ready.RemoveAt(at);
        callback(state);
        return true;
    }
}

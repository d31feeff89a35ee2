namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>A clock that stands still until the scheduler moves it to the next timer. Timers of one instant fire in the order they were set.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, long Order)> timers = new();
    private long now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks;
    private long order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(now, TimeSpan.Zero);

    public override long GetTimestamp() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer that is due at or before <paramref name="limit"/> and fires it; else moves to the limit and says false.</summary>
    internal bool TryFireNext(DateTimeOffset limit)
    {
        while (timers.TryPeek(out var next, out var at) && at.Due <= limit.UtcTicks)
        {
            timers.Dequeue();
            if (next.Timer.Version == next.Version)
            {
                now = Math.Max(now, at.Due);
                next.Timer.Fire();
                return true;
            }
        }

        now = Math.Max(now, limit.UtcTicks);
        return false;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        internal long Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Version++;
            this.period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.timers.Enqueue((this, Version), (time.now + dueTime.Ticks, ++time.order));
            }

            return true;
        }

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Fire()
        {
            if (period > TimeSpan.Zero)
            {
                Change(period, period);
            }
            else
            {
                Version++;
            }

            callback(state);
        }
    }
}

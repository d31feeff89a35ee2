namespace ScimOperator.Runtime.Queueing;

/// <summary>How a <see cref="WorkQueue{TKey}"/> backs off.</summary>
public sealed record WorkQueueOptions
{
    /// <summary>Wait after the first failure of an item.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Longest wait after failures of an item.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Source of the jitter; give a seeded one to repeat a run.</summary>
    public Random Random { get; init; } = Random.Shared;
}

namespace ScimOperator.Runtime.Events;

/// <summary>How much an <see cref="EventRecorder"/> may write.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>reportingController, for example scim-operator.io/operator.</summary>
    public required string Controller { get; init; }

    /// <summary>reportingInstance: which replica; cut at 128 characters.</summary>
    public required string Instance { get; init; }

    /// <summary>How long the same (object, reason, note) counts as a repetition.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Shortest time between two writes of one event's count.</summary>
    public TimeSpan SeriesInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Writes at once.</summary>
    public int Burst { get; init; } = 25;

    /// <summary>Writes per second in the long run.</summary>
    public double PerSecond { get; init; } = 5;

    /// <summary>Events waiting to be written; more are dropped.</summary>
    public int Capacity { get; init; } = 1024;

    /// <summary>How long what is waiting may take to be written at the end.</summary>
    public TimeSpan FlushDeadline { get; init; } = TimeSpan.FromSeconds(3);
}

using ScimOperator.Runtime.Queueing;

namespace ScimOperator.Runtime.Controllers;

/// <summary>How a <see cref="Controller"/> works.</summary>
public sealed record ControllerOptions
{
    /// <summary>How many keys are reconciled at the same time.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>How failures back off.</summary>
    public WorkQueueOptions Queue { get; init; } = new();

    /// <summary>How long running reconciles may go on once the controller is told to stop; then they are cancelled.</summary>
    public TimeSpan DrainDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long cancelled reconciles may take to end; then they are left behind.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(2);
}

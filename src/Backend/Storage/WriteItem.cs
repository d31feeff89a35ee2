namespace ScimOperator.Backend.Storage;

/// <summary>One caller's transaction, waiting its turn in the writer's queue.</summary>
internal abstract class WriteItem
{
    /// <summary>Does the work; an exception means that it must be undone.</summary>
    public abstract void Run(StoreSession session);

    /// <summary>Remembers that the work was undone, and why; told to the caller with <see cref="Acknowledge"/>.</summary>
    public abstract void Undone(Exception reason);

    /// <summary>Tells the caller, once the batch is durable.</summary>
    public abstract void Acknowledge();

    /// <summary>Tells the caller that nothing was stored.</summary>
    public abstract void Fail(Exception reason);
}

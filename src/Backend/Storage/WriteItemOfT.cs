namespace ScimOperator.Backend.Storage;

/// <summary>A <see cref="WriteItem"/> with a result.</summary>
internal sealed class WriteItem<T>(Func<StoreSession, T> work) : WriteItem
{
    // Continuations run elsewhere: the writer's thread only writes.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;
    private Exception? undone;

    public Task<T> Task => completion.Task;

    public override void Run(StoreSession session)
    {
        // It may be the second time.
        undone = null;
        result = work(session);
    }

    public override void Undone(Exception reason) => undone = reason;

    public override void Acknowledge()
    {
        if (undone is { } reason)
        {
            completion.SetException(reason);
            return;
        }

        completion.SetResult(result!);
    }

    public override void Fail(Exception reason) => completion.TrySetException(reason);
}

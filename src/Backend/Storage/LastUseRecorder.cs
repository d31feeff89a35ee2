using System.Collections.Concurrent;

namespace ScimOperator.Backend.Storage;

/// <summary>
/// Remembers when tokens were last used. Uses are gathered in memory and written together, every second and before
/// anybody reads tokens: an IdP that reads a lot must not cause a write per request, and who was shown a use never
/// sees it vanish again, not even after a crash.
/// </summary>
internal sealed class LastUseRecorder : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IAccountStore store;
    private readonly TimeProvider time;
    private readonly Action<Exception> onFailure;
    private readonly ConcurrentDictionary<string, DateTimeOffset> pending = [];
    private readonly SemaphoreSlim flushing = new(1, 1);
    private readonly ITimer timer;

    /// <param name="onFailure">Told when a background write fails; the uses are kept and tried again.</param>
    public LastUseRecorder(IAccountStore store, TimeProvider time, Action<Exception> onFailure)
    {
        this.store = store;
        this.time = time;
        this.onFailure = onFailure;
        timer = time.CreateTimer(_ => _ = FlushInBackgroundAsync(), null, Interval, Interval);
    }

    public void Record(string tokenId) => pending[tokenId] = time.GetUtcNow();

    /// <summary>Makes every use recorded before the call visible to readers.</summary>
    public async Task FlushAsync()
    {
        // An empty map is not enough to skip: another flush may have taken the uses and not stored them yet.
        await flushing.WaitAsync();
        try
        {
            if (!pending.IsEmpty)
            {
                await WriteAsync();
            }
        }
        finally
        {
            flushing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await FlushInBackgroundAsync();
    }

    private async Task WriteAsync()
    {
        var uses = pending.ToArray();
        await store.WriteAsync(session =>
        {
            foreach (var (id, at) in uses)
            {
                session.Tokens.SetLastUsed(id, at);
            }

            return true;
        });
        foreach (var use in uses)
        {
            // Removes only what was written: a later use of the same token stays for the next time.
            pending.TryRemove(use);
        }
    }

    private async Task FlushInBackgroundAsync()
    {
        try
        {
            await FlushAsync();
        }
        catch (StoreUnavailableException e)
        {
            onFailure(e);
        }
    }
}

using Microsoft.Extensions.Time.Testing;
using ScimOperator.Runtime.Queueing;

namespace ScimOperator.Runtime.Tests.Queueing;

public sealed class WorkQueueTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly WorkQueue<string> queue;

    public WorkQueueTests() => queue = new WorkQueue<string>("test", new WorkQueueOptions { Random = new Random(1), MaxBackoff = TimeSpan.FromSeconds(1) }, time);

    public void Dispose() => queue.Dispose();

    [Fact]
    public async Task A_key_added_twice_is_taken_once()
    {
        queue.Add("a");
        queue.Add("a");
        Assert.Equal("a", await TakeAsync());
        queue.Done("a");
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public async Task Keys_come_out_in_the_order_they_went_in()
    {
        queue.Add("a");
        queue.Add("b");
        queue.Add("c");
        Assert.Equal(["a", "b", "c"], [await TakeAsync(), await TakeAsync(), await TakeAsync()]);
    }

    [Fact]
    public async Task A_key_added_while_it_is_worked_on_is_queued_again_by_done_and_not_before()
    {
        queue.Add("a");
        await TakeAsync();
        queue.Add("a");
        queue.Add("a");
        Assert.Equal(0, queue.Count);
        queue.Done("a");
        Assert.Equal(1, queue.Count);
        Assert.Equal("a", await TakeAsync());
        queue.Done("a");
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public async Task A_waiting_worker_gets_a_key_as_soon_as_it_is_added()
    {
        var take = queue.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(take.IsCompleted);
        queue.Add("a");
        Assert.Equal((true, "a"), await take);
    }

    [Fact]
    public void Done_of_a_key_nobody_holds_does_nothing()
    {
        queue.Done("a");
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void A_delayed_key_appears_when_its_delay_is_over()
    {
        queue.AddAfter("a", TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(0, queue.Count);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, queue.Count);
    }

    [Theory]
    [InlineData(10, 5)]
    [InlineData(5, 10)]
    public async Task Of_two_delays_of_a_key_the_earlier_counts_and_it_appears_once(int first, int second)
    {
        queue.AddAfter("a", TimeSpan.FromSeconds(first));
        queue.AddAfter("a", TimeSpan.FromSeconds(second));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("a", await TakeAsync());
        queue.Done("a");
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void A_short_delay_added_after_a_long_one_is_not_held_up_by_it()
    {
        queue.AddAfter("late", TimeSpan.FromHours(1));
        queue.AddAfter("soon", TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, queue.Count);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, queue.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_delay_of_nothing_adds_at_once(int seconds)
    {
        queue.AddAfter("a", TimeSpan.FromSeconds(seconds));
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void A_delay_longer_than_any_timer_is_kept()
    {
        queue.AddAfter("a", TimeSpan.FromDays(100));
        time.Advance(TimeSpan.FromDays(99));
        Assert.Equal(0, queue.Count);
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void Back_off_doubles_up_to_the_cap_and_jitter_takes_at_most_a_fifth()
    {
        for (var n = 0; n < 80; n++)
        {
            var whole = Math.Min(1000, 5 * Math.Pow(2, n));
            var delay = queue.AddRateLimited("a").TotalMilliseconds;
            Assert.InRange(delay, whole * 0.8, whole);
        }

        Assert.Equal(80, queue.Failures("a"));
    }

    [Fact]
    public void Back_off_is_per_key_and_ends_with_forget()
    {
        queue.AddRateLimited("a");
        queue.AddRateLimited("a");
        Assert.Equal(0, queue.Failures("b"));
        queue.Forget("a");
        Assert.Equal(0, queue.Failures("a"));
        Assert.InRange(queue.AddRateLimited("a").TotalMilliseconds, 4, 5);
    }

    [Fact]
    public void Back_off_is_no_shorter_than_asked_for()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), queue.AddRateLimited("a", TimeSpan.FromSeconds(30)));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, queue.Count);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public async Task After_shut_down_what_is_queued_is_handed_out_and_then_every_worker_is_told()
    {
        queue.Add("a");
        queue.AddAfter("b", TimeSpan.FromSeconds(1));
        queue.ShutDown();
        queue.Add("c");
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("a", await TakeAsync());
        var workers = Enumerable.Range(0, 3).Select(_ => queue.TakeAsync(CancellationToken.None).AsTask());
        Assert.All(await Task.WhenAll(workers), taken => Assert.False(taken.Taken));
    }

    [Fact]
    public async Task Shut_down_wakes_workers_that_wait()
    {
        var workers = Enumerable.Range(0, 3).Select(_ => queue.TakeAsync(CancellationToken.None).AsTask()).ToList();
        queue.ShutDown();
        Assert.All(await Task.WhenAll(workers), taken => Assert.False(taken.Taken));
    }

    [Fact]
    public async Task Cancelling_a_wait_loses_no_key()
    {
        using var cancel = new CancellationTokenSource();
        var take = queue.TakeAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => take);
        queue.Add("a");
        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public async Task Two_workers_never_hold_the_same_key()
    {
        var held = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        var done = 0;
        using var cancel = new CancellationTokenSource();
        async Task WorkAsync()
        {
            await Task.Yield();
            while (true)
            {
                var (taken, key) = await queue.TakeAsync(CancellationToken.None);
                if (!taken)
                {
                    return;
                }

                Assert.True(held.TryAdd(key, true), $"{key} is held twice");
                await Task.Yield();
                held.TryRemove(key, out _);
                queue.Done(key);
                Interlocked.Increment(ref done);
            }
        }

        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(WorkAsync)).ToList();
        Parallel.For(0, 4, n =>
        {
            for (var i = 0; i < 5000; i++)
            {
                queue.Add($"key-{(i + n) % 7}");
            }
        });
        queue.ShutDown();
        await Task.WhenAll(workers);
        Assert.True(done >= 7);
    }

    private async Task<string> TakeAsync()
    {
        var take = queue.TakeAsync(CancellationToken.None).AsTask();
        Assert.True(take.IsCompleted, "nothing to take");
        var (taken, key) = await take;
        Assert.True(taken);
        return key;
    }
}

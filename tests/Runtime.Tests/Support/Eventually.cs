using Microsoft.Extensions.Time.Testing;

namespace ScimOperator.Runtime.Tests.Support;

/// <summary>Waits for what other threads do; the deadline only bounds a test that fails.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, $"never came true: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    /// <summary>Advances a fake clock, step by step, until something holds: whatever waits on the clock gets to run in between.</summary>
    public static async Task HoldsAsync(FakeTimeProvider time, TimeSpan step, Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, $"never came true: {what}");
            time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    public static Task<T> WithinAsync<T>(Task<T> task) => task.WaitAsync(Deadline, TimeProvider.System);

    public static Task WithinAsync(Task task) => task.WaitAsync(Deadline, TimeProvider.System);
}

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>Waits for what another process does; the deadline is only there to end a failing test.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the probe returns null; what it last returned explains a failure.</summary>
    internal static async Task HoldsAsync(Func<Task<string?>> whyNot, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (await whyNot() is { } reason)
        {
            Assert.False(deadline.IsCancellationRequested, $"It did not happen within {Deadline.TotalSeconds} s: {what}. Last seen: {reason}");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }

    internal static Task HoldsAsync(Func<string?> whyNot, string what) => HoldsAsync(() => Task.FromResult(whyNot()), what);

    internal static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition() ? null : "it is not so"), what);
}

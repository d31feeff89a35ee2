namespace ScimOperator.ControlPlanes.Tests;

/// <summary>Waits for what another process does; the deadline is only there to end a failing test.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    internal static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"It did not happen within {Deadline.TotalSeconds} s: {what}");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}

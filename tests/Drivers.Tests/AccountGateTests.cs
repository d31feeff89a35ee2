using Microsoft.Extensions.Time.Testing;

namespace ScimOperator.Drivers.Tests;

public sealed class AccountGateTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task Without_a_limit_and_without_failures_calls_pass_at_once()
    {
        var gate = new AccountGate(time, new Random(1));
        for (var i = 0; i < 1000; i++)
        {
            using var permit = await gate.EnterAsync(CancellationToken.None);
            permit.Succeeded();
        }
    }

    [Fact]
    public async Task Paces_calls_after_the_burst()
    {
        var gate = new AccountGate(time, new Random(1), requestsPerSecond: 2, burst: 3);
        var calls = Enumerable.Range(0, 5).Select(_ => gate.EnterAsync(CancellationToken.None)).ToList();

        Assert.Equal(3, calls.Count(c => c.IsCompleted));
        time.Advance(TimeSpan.FromMilliseconds(500));
        await calls[3];
        Assert.False(calls[4].IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(500));
        await calls[4];
    }

    [Fact]
    public async Task After_a_failure_calls_are_refused_until_one_probe_has_succeeded()
    {
        var gate = new AccountGate(time, new Random(1));
        await FailAsync(gate, BackendError.Unreachable);

        var refused = await Assert.ThrowsAsync<BackendException>(() => gate.EnterAsync(CancellationToken.None));
        Assert.Equal(BackendError.Unreachable, refused.Error);
        Assert.Equal("it failed", refused.Message);

        time.Advance(refused.RetryAfter!.Value);
        using var probe = await gate.EnterAsync(CancellationToken.None);
        await Assert.ThrowsAsync<BackendException>(() => gate.EnterAsync(CancellationToken.None));
        probe.Succeeded();
        using var next = await gate.EnterAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Each_failed_probe_doubles_the_pause_up_to_a_minute()
    {
        var gate = new AccountGate(time, new Random(1));
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
        {
            await FailAsync(gate, BackendError.Unreachable);
            var refused = await Assert.ThrowsAsync<BackendException>(() => gate.EnterAsync(CancellationToken.None));
            pauses.Add(refused.RetryAfter!.Value);
            time.Advance(refused.RetryAfter.Value);
        }

        Assert.InRange(pauses[0], TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1.25));
        Assert.InRange(pauses[3], TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10));
        Assert.All(pauses, p => Assert.True(p <= TimeSpan.FromSeconds(75)));
    }

    [Fact]
    public async Task A_Retry_After_is_obeyed_to_the_second()
    {
        var gate = new AccountGate(time, new Random(1));
        await FailAsync(gate, BackendError.RateLimited, TimeSpan.FromSeconds(17));
        var refused = await Assert.ThrowsAsync<BackendException>(() => gate.EnterAsync(CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(17), refused.RetryAfter);
    }

    [Theory]
    [InlineData(BackendError.Unauthorized)]
    [InlineData(BackendError.AdminHoldsToken)]
    [InlineData(BackendError.NotFound)]
    public async Task An_answer_is_no_failure_of_the_account(BackendError error)
    {
        var gate = new AccountGate(time, new Random(1));
        await FailAsync(gate, error);
        using var next = await gate.EnterAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_cancelled_probe_lets_another_one_in()
    {
        var gate = new AccountGate(time, new Random(1));
        await FailAsync(gate, BackendError.Unreachable);
        time.Advance(TimeSpan.FromSeconds(2));
        (await gate.EnterAsync(CancellationToken.None)).Dispose();
        using var next = await gate.EnterAsync(CancellationToken.None);
    }

    private static async Task FailAsync(AccountGate gate, BackendError error, TimeSpan? retryAfter = null)
    {
        using var permit = await gate.EnterAsync(CancellationToken.None);
        permit.Failed(new BackendException(error, "it failed", retryAfter));
    }
}

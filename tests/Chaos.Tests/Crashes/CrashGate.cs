using ScimOperator.Chaos.Tests.Observation;
using ScimOperator.Chaos.Tests.Proxies;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>
/// Stands before both servers: numbers the operator's requests, and at one of them has the operator killed. After every change
/// that a server made it checks, before the operator can learn of it, that the Secret's token is still one that works: between
/// two changes nothing can happen to it, so no instant is missed.
/// </summary>
internal sealed class CrashGate(TokenValues values, Func<Task> strike, Func<Task<string?>> findGap, TimeProvider time) : IProxyGate
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim committing = new(1, 1);
    private readonly Lock sync = new();
    private readonly List<Boundary> seen = [];
    private readonly List<string> violations = [];
    private string? token;
    private (Boundary Boundary, CrashSide Side)? target;
    private TaskCompletionSource? nextWrite;
    private TaskCompletionSource settled = Completed();

    /// <summary>Whether the crash came to pass.</summary>
    internal bool HasStruck { get; private set; }

    /// <summary>Completes when nothing is left under way of the request at which the operator was killed.</summary>
    internal Task Settled
    {
        get
        {
            lock (sync)
            {
                return settled.Task;
            }
        }
    }

    /// <summary>What was seen to be wrong since <see cref="Begin"/>.</summary>
    internal IReadOnlyList<string> Violations
    {
        get
        {
            lock (sync)
            {
                return [.. violations];
            }
        }
    }

    /// <summary>From now on requests are numbered.</summary>
    /// <param name="tokenName">The scenario's ScimToken.</param>
    /// <param name="crash">Where to kill; null for a run without disturbance.</param>
    internal void Begin(string tokenName, (Boundary Boundary, CrashSide Side)? crash)
    {
        lock (sync)
        {
            seen.Clear();
            violations.Clear();
            token = tokenName;
            target = crash;
            HasStruck = false;
        }
    }

    /// <summary>Ends the numbering.</summary>
    /// <returns>What was asked since <see cref="Begin"/>, in order.</returns>
    internal IReadOnlyList<Boundary> End()
    {
        lock (sync)
        {
            token = null;
            target = null;
            return [.. seen];
        }
    }

    public async Task<ProxiedAnswer> PassAsync(ProxiedCall call, Func<Task<ProxiedAnswer>> forward)
    {
        if (values.FindLeak(call) is { } leak)
        {
            Report(leak);
        }

        if (TakeTurn(call) is not { } side)
        {
            return await CommitAsync(call, forward);
        }

        try
        {
            await StrikeAsync(side, call, forward);
        }
        finally
        {
            settled.TrySetResult();
        }

        throw new ConnectionCutException();
    }

    private async Task StrikeAsync(CrashSide side, ProxiedCall call, Func<Task<ProxiedAnswer>> forward)
    {
        switch (side)
        {
            case CrashSide.BeforeRequest:
                await strike();
                break;
            case CrashSide.BeforeAnswer:
                await CommitAsync(call, forward);
                await strike();
                break;
            case CrashSide.LateRequest:
            default:
                await strike();
                await Task.WhenAny(nextWrite!.Task, Task.Delay(LongestDelay, time, CancellationToken.None));
                await CommitAsync(call, forward);
                break;
        }
    }

    /// <summary>Numbers a request; the side on which to strike where its turn has come.</summary>
    private CrashSide? TakeTurn(ProxiedCall call)
    {
        lock (sync)
        {
            if (token is null || Boundary.NameOf(call, token) is not { } name)
            {
                return null;
            }

            var boundary = new Boundary(name, seen.Count(b => b.Request == name) + 1);
            seen.Add(boundary);
            if (call.IsWrite)
            {
                nextWrite?.TrySetResult();
            }

            if (HasStruck || target is not { } crash || crash.Boundary != boundary)
            {
                return null;
            }

            HasStruck = true;
            nextWrite = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return crash.Side;
        }
    }

    private async Task<ProxiedAnswer> CommitAsync(ProxiedCall call, Func<Task<ProxiedAnswer>> forward)
    {
        if (!call.IsWrite)
        {
            return await forward();
        }

        await committing.WaitAsync();
        try
        {
            var answer = await forward();
            values.Learn(call, answer);
            if (answer.Succeeded && await findGap() is { } gap)
            {
                Report($"{gap}, right after {call}");
            }

            return answer;
        }
        finally
        {
            committing.Release();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private void Report(string violation)
    {
        lock (sync)
        {
            violations.Add(violation);
        }
    }
}

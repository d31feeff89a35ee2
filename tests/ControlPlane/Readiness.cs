using System.Diagnostics.CodeAnalysis;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes;

/// <summary>Waits until a child is ready, and explains with the end of its log when it never is.</summary>
internal sealed class Readiness
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly TimeProvider time;
    private readonly TimeSpan timeout;

    internal Readiness(TimeProvider time, TimeSpan timeout)
    {
        this.time = time;
        this.timeout = timeout;
    }

    /// <summary>Asks until the answer is null; any other answer is why it is not ready yet.</summary>
    /// <exception cref="ControlPlaneException">The child ended or the deadline passed.</exception>
    internal async Task WaitAsync(ChildProcess child, Func<CancellationToken, Task<string?>> askWhyNot, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        string? reason = "it was not asked yet";
        while (!child.HasExited)
        {
            reason = await AskWhileRunningAsync(child, token => AskAsync(askWhyNot, reason, token), either.Token);
            if (reason is null)
            {
                return;
            }

            if (!await PauseAsync(either.Token))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw Failed(child, $"is not ready after {timeout.TotalSeconds} s: {reason}");
            }
        }

        throw Failed(child, $"ended with exit code {await child.Exited}");
    }

    /// <summary>A question to a child that ended meanwhile is not waited for.</summary>
    private static async Task<string?> AskWhileRunningAsync(ChildProcess child, Func<CancellationToken, Task<string?>> ask, CancellationToken cancellationToken)
    {
        using var question = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = ask(question.Token);
        if (await Task.WhenAny(answer, child.Exited) != answer)
        {
            await question.CancelAsync();
        }

        return await answer;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Any failure to answer only means that it is not ready yet.")]
    private static async Task<string?> AskAsync(Func<CancellationToken, Task<string?>> askWhyNot, string? before, CancellationToken cancellationToken)
    {
        try
        {
            return await askWhyNot(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return before;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    private async Task<bool> PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Interval, time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static ControlPlaneException Failed(ChildProcess child, string what) =>
        new($"{child.Name} {what}. The end of its log ({child.LogPath}):\n{child.ReadLogTail()}");
}

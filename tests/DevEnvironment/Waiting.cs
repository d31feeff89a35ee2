using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.DevEnvironments;

/// <summary>Asks again and again until something holds, and explains when it never does.</summary>
/// <param name="Patience">How long.</param>
/// <param name="Time">The clock.</param>
public sealed record Waiting(TimeSpan Patience, TimeProvider Time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits.</summary>
    /// <param name="what">What is waited for, as in "the operator is ready".</param>
    /// <param name="askWhyNot">Null when it holds; else why not. A failed HTTP request or command counts as "not yet".</param>
    /// <param name="child">The program that is to make it so: when it ends, waiting ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ControlPlaneException">It did not come true; the message says what was seen last.</exception>
    public async Task UntilAsync(string what, Func<CancellationToken, Task<string?>> askWhyNot, ChildProcess? child = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(askWhyNot);
        var started = Time.GetTimestamp();
        while (await AskAsync(askWhyNot, cancellationToken) is { } why)
        {
            if (child is { HasExited: true })
            {
                throw new ControlPlaneException($"{child.Name} ended with exit code {await child.Exited} before {what}. The end of its log ({child.LogPath}):\n{child.ReadLogTail(15)}");
            }

            if (Time.GetElapsedTime(started) > Patience)
            {
                throw new ControlPlaneException($"After {Patience.TotalSeconds:0} s it still does not hold that {what}: {why}");
            }

            await Task.Delay(Interval, Time, cancellationToken);
        }
    }

    private static async Task<string?> AskAsync(Func<CancellationToken, Task<string?>> askWhyNot, CancellationToken cancellationToken)
    {
        try
        {
            return await askWhyNot(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return exception.Message;
        }
    }
}

using Microsoft.Extensions.Logging;
using Prometheus;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.LeaderElection;

/// <summary>
/// Elects one of several replicas by a Lease.
/// <para>Guarantees: with clocks that run at about the same rate, two replicas never lead at once as long as leading work
/// ends within <c>LeaseDuration - RenewDeadline</c> of its token's cancellation. Caveat: the Lease is no fence; a write already
/// under way can arrive later.</para>
/// </summary>
public sealed class LeaderElector
{
    private readonly LeaderElectionOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<LeaderElector> logger;
    private readonly LeaseLock lease;
    private readonly Gauge.Child status;
    private string reportedHolder = "";
    private volatile bool leading;

    // When the last successful write was sent: from then on the others' clocks may run.
    private long renewed;

    /// <summary>Makes an elector; nothing is read before it runs.</summary>
    /// <param name="client">Reads and writes the Lease; needs get, create and update on leases.</param>
    /// <param name="options">Which Lease, and how long.</param>
    /// <param name="time">Its monotonic clock decides.</param>
    /// <param name="loggers">Makes the elector's logger.</param>
    /// <exception cref="ArgumentException">The options make no sense.</exception>
    public LeaderElector(IKubeClient client, LeaderElectionOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        this.time = time;
        logger = loggers.CreateLogger<LeaderElector>();
        lease = new LeaseLock(client, options, time);
        status = RuntimeMetrics.Leader.WithLabels(options.Lease.Name);
        status.Set(0);
    }

    /// <summary>Whether this replica leads.</summary>
    public bool IsLeader => leading;

    /// <summary>
    /// Waits to be elected, then runs <paramref name="lead"/> and renews the Lease until it returns; then releases the Lease.
    /// </summary>
    /// <param name="lead">
    /// The leader's work. Its token is cancelled when leadership is lost: stop at once, unfinished. It must watch
    /// <paramref name="stop"/> by itself and return when its work is drained; the Lease is held meanwhile.
    /// </param>
    /// <param name="stop">Stop being a candidate; a leader goes on until <paramref name="lead"/> returns.</param>
    public async Task<LeadershipEnd> RunAsync(Func<CancellationToken, Task> lead, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(lead);
        if (!await AcquireAsync(stop))
        {
            return LeadershipEnd.Stopped;
        }

        Leading(true);
        Log.LeaseAcquired(logger, options.Lease, options.Identity);
        using var lost = new CancellationTokenSource();
        using var done = new CancellationTokenSource();
        var work = WorkAsync(lead, lost.Token);
        var renewal = RenewAsync(done.Token);
        await Task.WhenAny(work, renewal);
        Leading(false);
        if (!work.IsCompleted)
        {
            await lost.CancelAsync();
            _ = work.ContinueWith(t => _ = t.Exception, TaskScheduler.Default);
            return LeadershipEnd.LeadershipLost;
        }

        await done.CancelAsync();
        await renewal;
        await ReleaseAsync();
        await work;
        return LeadershipEnd.Stopped;
    }

    /// <summary>True once we hold the Lease; false when told to stop.</summary>
    private async Task<bool> AcquireAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await TryAcquireAsync(stop))
            {
                return true;
            }

            var wait = options.RetryPeriod * (1 + (0.2 * options.Random.NextDouble()));
            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private async Task<bool> TryAcquireAsync(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.RenewDeadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        try
        {
            if (await lease.ReadAsync(both.Token) && !lease.IsFree && !lease.IsOurs)
            {
                ReportHolder(lease.Holder);
                return false;
            }

            await HoldAsync(both.Token);
            return true;
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsAlreadyExists)
        {
            return false;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (IsFailure(e))
        {
            Log.LeaseTryFailed(logger, options.Lease, e.Message);
            return false;
        }
    }

    /// <summary>Renews until told to stop (then the Lease is still ours) or until the Lease is lost.</summary>
    private async Task RenewAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(options.RetryPeriod, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var left = options.RenewDeadline - time.GetElapsedTime(renewed);
            if (done.IsCancellationRequested)
            {
                return;
            }

            if (left <= TimeSpan.Zero)
            {
                Log.LeaseLost(logger, options.Lease, $"it could not be renewed for {options.RenewDeadline.TotalSeconds:0} s");
                return;
            }

            if (await TryRenewAsync(left, done) == false)
            {
                Log.LeaseLost(logger, options.Lease, $"{(lease.Holder.Length > 0 ? lease.Holder : "nobody")} holds it");
                return;
            }
        }
    }

    /// <summary>True: renewed; false: another holds it; null: not known, try again.</summary>
    private async Task<bool?> TryRenewAsync(TimeSpan left, CancellationToken done)
    {
        using var deadline = new CancellationTokenSource(left, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(done, deadline.Token);
        try
        {
            await HoldAsync(both.Token);
            return true;
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsNotFound || e.IsAlreadyExists)
        {
            return await WhoHoldsAsync(both.Token);
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (IsFailure(e))
        {
            Log.LeaseRenewFailed(logger, options.Lease, e.Message);
            return null;
        }
    }

    /// <summary>After a conflict: an edit by hand, an own write whose answer was lost, or another leader.</summary>
    private async Task<bool?> WhoHoldsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await lease.ReadAsync(cancellationToken) && !lease.IsOurs ? false : null;
        }
        catch (Exception e) when (IsFailure(e))
        {
            Log.LeaseRenewFailed(logger, options.Lease, e.Message);
            return null;
        }
    }

    private async Task ReleaseAsync()
    {
        using var deadline = new CancellationTokenSource(options.RetryPeriod, time);
        try
        {
            // Read first: a renewal that was cut off may have gone through, and ours to give up is only what is ours.
            if (await lease.ReadAsync(deadline.Token) && lease.IsOurs)
            {
                await lease.ReleaseAsync(deadline.Token);
                Log.LeaseReleased(logger, options.Lease);
            }
        }
        catch (Exception e) when (IsFailure(e))
        {
            Log.LeaseReleaseFailed(logger, options.Lease, e.Message);
        }
    }

    /// <summary>Runs the work; what it throws before it first waits becomes its result too, so that the Lease is released.</summary>
    private static async Task WorkAsync(Func<CancellationToken, Task> lead, CancellationToken lost) => await lead(lost);

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        var sent = time.GetTimestamp();
        await lease.HoldAsync(cancellationToken);
        renewed = sent;
    }

    private void Leading(bool now)
    {
        leading = now;
        status.Set(now ? 1 : 0);
    }

    private void ReportHolder(string holder)
    {
        if (holder != reportedHolder)
        {
            reportedHolder = holder;
            Log.LeaseHeld(logger, options.Lease, holder);
        }
    }

    private static bool IsFailure(Exception e) =>
        e is KubeApiException or HttpRequestException or TimeoutException or OperationCanceledException or InvalidDataException;
}

using System.Text.Json;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.LeaderElection;

/// <summary>
/// Reads and writes one Lease. Remembers when, on our own monotonic clock, it was last seen to change: that alone decides
/// whether another's lease is over. Writes are conditional on the version seen.
/// </summary>
internal sealed class LeaseLock(IKubeClient client, LeaderElectionOptions options, TimeProvider time)
{
    private Lease? seen;
    private long changed;

    /// <summary>The Lease's holder as last seen; empty when it has none.</summary>
    public string Holder => seen?.Spec.HolderIdentity ?? "";

    /// <summary>Whether this replica holds it, as last seen.</summary>
    public bool IsOurs => Holder == options.Identity;

    /// <summary>Whether it is free: has no holder, or has not changed for as long as its holder said.</summary>
    public bool IsFree
    {
        get
        {
            var duration = seen?.Spec.LeaseDurationSeconds is > 0 and var s ? TimeSpan.FromSeconds(s) : options.LeaseDuration;
            return Holder.Length == 0 || time.GetElapsedTime(changed) >= duration;
        }
    }

    /// <summary>Reads it. False when there is none.</summary>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var now = await client.GetAsync(Lease.Type, options.Lease, cancellationToken);
        if (now is null)
        {
            seen = null;
            return false;
        }

        Seen(now);
        return true;
    }

    /// <summary>Writes ourselves into it, creating it when it was not there.</summary>
    /// <exception cref="KubeApiException">Conflict or AlreadyExists: someone was faster.</exception>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var renewed = IsOurs;
        var spec = new LeaseSpec
        {
            HolderIdentity = options.Identity,
            LeaseDurationSeconds = (int)Math.Ceiling(options.LeaseDuration.TotalSeconds),
            AcquireTime = renewed ? seen!.Spec.AcquireTime : now,
            RenewTime = now,
            LeaseTransitions = seen is null ? 0 : (seen.Spec.LeaseTransitions ?? 0) + (renewed ? 0 : 1),
        };
        await WriteAsync(spec, cancellationToken);
    }

    /// <summary>Gives it up, so that the next leader need not wait.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return WriteAsync(
            new LeaseSpec
            {
                HolderIdentity = "",
                LeaseDurationSeconds = 1,
                AcquireTime = now,
                RenewTime = now,
                LeaseTransitions = seen?.Spec.LeaseTransitions,
            },
            cancellationToken);
    }

    private async Task WriteAsync(LeaseSpec spec, CancellationToken cancellationToken)
    {
        var lease = seen is null
            ? new Lease { ApiVersion = Lease.Type.ApiVersion, Kind = "Lease", Metadata = new ObjectMeta { Name = options.Lease.Name, Namespace = options.Lease.Namespace }, Spec = spec }
            : seen with { ApiVersion = Lease.Type.ApiVersion, Kind = "Lease", Spec = spec };
        var body = JsonSerializer.SerializeToUtf8Bytes(lease, RuntimeJsonContext.Default.Lease);
        Seen(seen is null
            ? await client.CreateAsync(Lease.Type, options.Lease.Namespace, body, cancellationToken)
            : await client.ReplaceAsync(Lease.Type, options.Lease, body, cancellationToken));
    }

    private void Seen(Lease now)
    {
        if (seen is null || seen.Metadata.ResourceVersion != now.Metadata.ResourceVersion || seen.Metadata.Uid != now.Metadata.Uid)
        {
            changed = time.GetTimestamp();
        }

        seen = now;
    }
}

using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.LeaderElection;

/// <summary>How replicas agree on a leader. The defaults are client-go's.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>Namespace and name of the Lease.</summary>
    public required ObjectKey Lease { get; init; }

    /// <summary>Who this replica is; unique, for example the Pod's name and a random part.</summary>
    public required string Identity { get; init; }

    /// <summary>How long a candidate must see an unchanged Lease before it takes it.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a leader goes on without a successful renewal; shorter than <see cref="LeaseDuration"/>.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait between attempts.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Source of the candidates' jitter.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Checks that the durations make sense.</summary>
    /// <exception cref="ArgumentException">They don't; the message says which.</exception>
    public void Validate()
    {
        if (LeaseDuration <= RenewDeadline || RenewDeadline <= RetryPeriod * 1.2 || RetryPeriod <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"leader election: leaseDuration ({LeaseDuration}) must exceed renewDeadline ({RenewDeadline}), and that 1.2 times retryPeriod ({RetryPeriod})");
        }

        ArgumentException.ThrowIfNullOrEmpty(Identity);
    }
}

using System.Text.Json.Serialization;

namespace ScimOperator.Runtime.LeaderElection;

/// <summary>LeaseSpec: who holds it, and for how long.</summary>
internal sealed record LeaseSpec
{
    /// <summary>holderIdentity: empty when released.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>leaseDurationSeconds: how long others must wait after they last saw it change.</summary>
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>acquireTime: when the holder got it.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>renewTime: when the holder last renewed it. For people: wall clocks of two machines are never compared.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>leaseTransitions: how often the holder changed.</summary>
    public int? LeaseTransitions { get; init; }
}

using System.Net;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.LeaderElection;

namespace ScimOperator.Runtime.Hosting;

/// <summary>Where an <see cref="OperatorHost"/> listens and how it starts and stops.</summary>
public sealed record OperatorHostOptions
{
    /// <summary>Address to listen on; IPv6Any accepts IPv4 as well.</summary>
    public IPAddress Address { get; init; } = IPAddress.IPv6Any;

    /// <summary>HTTPS port of the webhooks; 0 picks one, null turns them off.</summary>
    public int? WebhookPort { get; init; } = 9443;

    /// <summary>HTTP port of /metrics; 0 picks one, null turns it off.</summary>
    public int? MetricsPort { get; init; } = 8080;

    /// <summary>HTTP port of /healthz and /readyz; 0 picks one, null turns it off.</summary>
    public int? HealthPort { get; init; } = 8081;

    /// <summary>How replicas agree on a leader; null when there is only ever one.</summary>
    public LeaderElectionOptions? LeaderElection { get; init; }

    /// <summary>Limits of the admission endpoint.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>How long background parts may take to end, the event recorder's flush included.</summary>
    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(5);
}

using System.Net;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>How the webhook's own certificates are made and kept.</summary>
public sealed record ServingCertificateOptions
{
    /// <summary>Secret that replicas share; made when it is missing. It belongs to the operator alone.</summary>
    public required ObjectKey Secret { get; init; }

    /// <summary>DNS names of the webhook: service.namespace.svc at least.</summary>
    public required IReadOnlyList<string> DnsNames { get; init; }

    /// <summary>IP addresses of the webhook, for a clientConfig.url that names one.</summary>
    public IReadOnlyList<IPAddress> IpAddresses { get; init; } = [];

    /// <summary>Life of the CA.</summary>
    public TimeSpan CaLifetime { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>Life of the serving certificate.</summary>
    public TimeSpan ServingLifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How often the Secret is looked at.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Labels of the Secret.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

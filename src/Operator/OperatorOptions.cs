using Microsoft.Extensions.Logging;
namespace ScimOperator.Operator;

/// <summary>The operator's options, from the command line; checked before anything starts.</summary>
public sealed record OperatorOptions
{
    /// <summary>--kubeconfig: file to connect with; absent: the pod's ServiceAccount.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>--namespace: where the Lease and the certificate Secret live. Default: that of the ServiceAccount, else scim-operator-system.</summary>
    public string? Namespace { get; init; }

    /// <summary>--pod-name: identity in the Lease. Default: $POD_NAME, else the host's name.</summary>
    public string? PodName { get; init; }

    /// <summary>--bind-address: address to listen on. Default: any.</summary>
    public string? BindAddress { get; init; }

    /// <summary>--webhook-port: HTTPS port of the admission webhooks; 0 turns them off.</summary>
    public int WebhookPort { get; init; } = 9443;

    /// <summary>--metrics-port: HTTP port of /metrics; 0 turns it off.</summary>
    public int MetricsPort { get; init; } = 8080;

    /// <summary>--health-port: HTTP port of /healthz and /readyz; 0 turns it off.</summary>
    public int HealthPort { get; init; } = 8081;

    /// <summary>--leader-elect: whether replicas elect the one that reconciles. Default: true.</summary>
    public bool LeaderElect { get; init; } = true;

    /// <summary>--leader-elect-lease-duration: how long a replica must see the Lease unchanged before it takes over. Default: 15 s.</summary>
    public TimeSpan LeaderElectLeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>--leader-elect-renew-deadline: how long the leader goes on without a renewal; shorter than the lease. Default: 10 s.</summary>
    public TimeSpan LeaderElectRenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>--leader-elect-retry-period: wait between two tries to get or to renew the Lease. Default: 2 s.</summary>
    public TimeSpan LeaderElectRetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>--webhook-service: Service through which the API server calls the webhooks; part of the certificate.</summary>
    public string WebhookService { get; init; } = "scim-operator-webhook";

    /// <summary>--webhook-host: another DNS name or IP address for the certificate; may be repeated.</summary>
    public IReadOnlyList<string> WebhookHosts { get; init; } = [];

    /// <summary>--webhook-cert-secret: Secret that holds the operator's own CA and serving certificate.</summary>
    public string WebhookCertSecret { get; init; } = "scim-operator-webhook-cert";

    /// <summary>--webhook-cert-dir: folder with tls.crt and tls.key, for example of cert-manager; then no certificate is made and no caBundle patched.</summary>
    public string? WebhookCertDir { get; init; }

    /// <summary>--workers: ScimTokens and AccountUsers reconciled at once. Default: 16.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>--call-timeout: seconds after which a call to an account is given up. Default: 15.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>--admission-patience: seconds an admission request waits for an account. Default: 4.</summary>
    public TimeSpan AdmissionPatience { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>--log-level: Debug, Information, Warning or Error. Default: Information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>--log-format: json or text. Default: json.</summary>
    public bool LogJson { get; init; } = true;
}

using ScimOperator.ControlPlanes.Acquisition;
using ScimOperator.ControlPlanes.Pki;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes;

/// <summary>How kube-apiserver is started. Only flags that 1.20 and today's versions both know.</summary>
internal static class ApiServer
{
    internal static ChildProcessOptions Describe(ControlPlaneBinaries binaries, ClusterLayout layout, ClusterPki pki, ControlPlaneOptions options)
    {
        var flags = Defaults(layout, pki);
        foreach (var (name, value) in options.ApiServerFlags)
        {
            flags[name] = value;
        }

        return new ChildProcessOptions
        {
            Name = "kube-apiserver",
            FileName = binaries.ApiServer,
            Arguments = [.. flags.Select(flag => $"--{flag.Key}={flag.Value}")],
            LogPath = layout.Log("kube-apiserver"),
            Detached = options.Detached,
            Time = options.Time,
        };
    }

    /// <summary>Null when it is ready; else which check fails.</summary>
    internal static async Task<string?> WhyNotReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync("/readyz?verbose", cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        var checks = (await response.Content.ReadAsStringAsync(cancellationToken)).Split('\n').Where(line => line.StartsWith("[-]", StringComparison.Ordinal));
        return $"/readyz says {(int)response.StatusCode}: {string.Join("; ", checks)}";
    }

    private static Dictionary<string, string> Defaults(ClusterLayout layout, ClusterPki pki) => new()
    {
        ["etcd-servers"] = layout.EtcdUrl,
        ["bind-address"] = "127.0.0.1",
        // Else it looks for the machine's network address, and does not start where there is no network.
        ["advertise-address"] = "127.0.0.1",
        ["secure-port"] = $"{layout.ApiServerPort}",
        ["cert-dir"] = pki.Folder,
        ["tls-cert-file"] = pki.ServerCertificatePath,
        ["tls-private-key-file"] = pki.ServerKeyPath,
        ["client-ca-file"] = pki.CaPath,
        ["authorization-mode"] = "RBAC",
        ["service-account-issuer"] = "https://kubernetes.default.svc.cluster.local",
        ["service-account-key-file"] = pki.ServiceAccountKeyPath,
        ["service-account-signing-key-file"] = pki.ServiceAccountKeyPath,
        ["service-cluster-ip-range"] = ClusterLayout.ServiceRange,
        // A loopback address may not be an endpoint of the service "kubernetes", and nothing here uses that service.
        ["endpoint-reconciler-type"] = "none",
        ["event-ttl"] = "1h",
        ["watch-cache"] = "true",
        // Load tests drive more concurrent requests than the defaults (400 and 200) let through.
        ["max-requests-inflight"] = "2000",
        ["max-mutating-requests-inflight"] = "1000",
        ["profiling"] = "false",
    };
}

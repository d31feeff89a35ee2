using System.Net;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes;

/// <summary>How kube-controller-manager is started: only the controllers whose work an operator's users see.</summary>
internal static class ControllerManager
{
    private static readonly string[] OldNames =
        ["namespace", "garbagecollector", "serviceaccount", "serviceaccount-token", "root-ca-cert-publisher", "clusterrole-aggregation"];

    private static readonly string[] NewNames =
    [
        "namespace-controller", "garbage-collector-controller", "serviceaccount-controller",
        "serviceaccount-token-controller", "root-ca-certificate-publisher-controller", "clusterrole-aggregation-controller",
    ];

    internal static ChildProcessOptions Describe(string program, ClusterLayout layout, Pki.ClusterPki pki, KubernetesVersion version, ControlPlaneOptions options) => new()
    {
        Name = "kube-controller-manager",
        FileName = program,
        Arguments =
        [
            $"--kubeconfig={layout.ControllerManagerKubeconfig}",
            $"--controllers={string.Join(',', ControllerNames(version))}",
            $"--service-account-private-key-file={pki.ServiceAccountKeyPath}",
            $"--root-ca-file={pki.CaPath}",
            // Its own user may do little; each controller works under its own account, as in every real cluster.
            "--use-service-account-credentials=true",
            "--leader-elect=false",
            "--secure-port=0",
            "--bind-address=127.0.0.1",
            "--kube-api-qps=200",
            "--kube-api-burst=400",
            "--concurrent-gc-syncs=20",
            // Until 1.23 it also had an insecure port, open to the network unless told otherwise.
            .. version.IsAtLeast(1, 24) ? [] : new[] { "--port=0" },
        ],
        LogPath = layout.Log("kube-controller-manager"),
        Detached = options.Detached,
        Time = options.Time,
    };

    /// <summary>
    /// Null when it works: it serves no port here, so its first visible deed is awaited, the service account of the
    /// namespace "default".
    /// </summary>
    internal static async Task<string?> WhyNotReadyAsync(HttpClient admin, CancellationToken cancellationToken)
    {
        using var response = await admin.GetAsync("/api/v1/namespaces/default/serviceaccounts/default", cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => null,
            HttpStatusCode.NotFound => "the service account default/default is not there yet",
            var other => $"reading the service account default/default answers {(int)other}",
        };
    }

    /// <summary>The names were changed in 1.28.</summary>
    private static string[] ControllerNames(KubernetesVersion version) => version.IsAtLeast(1, 28) ? NewNames : OldNames;
}

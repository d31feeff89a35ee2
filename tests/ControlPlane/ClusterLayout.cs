using System.Net;

namespace ScimOperator.ControlPlanes;

/// <summary>Where the parts of a control plane listen and keep their files.</summary>
/// <param name="WorkDirectory">Keys, logs and kubeconfigs.</param>
/// <param name="DataDirectory">etcd's data.</param>
/// <param name="EtcdPort">etcd's client port on 127.0.0.1.</param>
/// <param name="ApiServerPort">kube-apiserver's port on 127.0.0.1.</param>
internal sealed record ClusterLayout(string WorkDirectory, string DataDirectory, int EtcdPort, int ApiServerPort)
{
    internal const string ServiceRange = "10.0.0.0/24";

    /// <summary>The first address of <see cref="ServiceRange"/>: the service "kubernetes".</summary>
    internal static readonly IPAddress ServiceAddress = IPAddress.Parse("10.0.0.1");

    internal string EtcdUrl => $"http://127.0.0.1:{EtcdPort}";

    internal Uri ServerUrl => new($"https://127.0.0.1:{ApiServerPort}");

    internal string PkiDirectory => Path.Combine(WorkDirectory, "pki");

    internal string AdminKubeconfig => Path.Combine(WorkDirectory, "admin.kubeconfig");

    internal string ControllerManagerKubeconfig => Path.Combine(WorkDirectory, "controller-manager.kubeconfig");

    internal string Log(string component) => Path.Combine(WorkDirectory, "logs", component + ".log");
}

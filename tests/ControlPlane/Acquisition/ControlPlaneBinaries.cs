using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>The programs that make a control plane, in one folder.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Etcd">etcd.</param>
/// <param name="ApiServer">kube-apiserver.</param>
/// <param name="ControllerManager">kube-controller-manager, where there is one.</param>
/// <param name="Kubectl">kubectl, where there is one.</param>
public sealed record ControlPlaneBinaries(string Folder, string Etcd, string ApiServer, string? ControllerManager, string? Kubectl)
{
    /// <summary>The programs in a folder; null where etcd or kube-apiserver is missing or not executable.</summary>
    public static ControlPlaneBinaries? Find(string folder) =>
        Program(folder, "etcd") is { } etcd && Program(folder, "kube-apiserver") is { } apiServer
            ? new ControlPlaneBinaries(Path.GetFullPath(folder), etcd, apiServer, Program(folder, "kube-controller-manager"), Program(folder, "kubectl"))
            : null;

    private static string? Program(string folder, string name)
    {
        var path = Path.Combine(Path.GetFullPath(folder), name);
        return ProgramPath.IsExecutable(path) ? path : null;
    }
}

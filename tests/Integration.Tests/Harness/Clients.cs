using Microsoft.Extensions.Logging.Abstractions;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Kubeconfigs;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>The runtime's client as the administrator.</summary>
internal static class Clients
{
    internal static KubeClient Direct(ControlPlane plane) => To(plane, plane.Server.Port);

    internal static KubeClient Through(ControlPlane plane, TcpProxy proxy) => To(plane, proxy.Port);

    private static KubeClient To(ControlPlane plane, int port)
    {
        var address = new UriBuilder(plane.Server) { Port = port }.Uri;
        var path = Path.Combine(plane.WorkDirectory, $"client-{Guid.NewGuid():N}");
        KubeconfigWriter.Write(path, plane.Admin with { Server = address }, "admin");
        return KubeClientFactory.Create(path, "test", TimeProvider.System, NullLoggerFactory.Instance);
    }
}

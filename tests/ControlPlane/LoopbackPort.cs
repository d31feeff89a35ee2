using System.Net;
using System.Net.Sockets;

namespace ScimOperator.ControlPlanes;

/// <summary>Finds ports that are free at the moment. Another process may still be quicker: callers try again with another.</summary>
public static class LoopbackPort
{
    /// <summary>A free TCP port on 127.0.0.1.</summary>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;

namespace ScimOperator.DevEnvironments;

/// <summary>
/// One address for several replicas, as a Service gives it: each connection goes to the first replica that accepts it. TLS
/// passes through untouched.
/// </summary>
internal sealed class ServiceStandIn : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly Func<IEnumerable<int>> ports;
    private readonly Task accepting;

    /// <summary>Listens at once.</summary>
    /// <param name="ports">The replicas' ports, asked for at every connection.</param>
    /// <param name="port">Its own port; 0 takes any free one.</param>
    internal ServiceStandIn(Func<IEnumerable<int>> ports, int port = 0)
    {
        this.ports = ports;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    /// <summary>The one port on 127.0.0.1.</summary>
    internal int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using var replica = await ConnectAsync();
            if (replica is null)
            {
                return;
            }

            var (near, far) = (client.GetStream(), replica.GetStream());
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        foreach (var port in ports())
        {
            var replica = new TcpClient();
            try
            {
                await replica.ConnectAsync(IPAddress.Loopback, port, stop.Token);
                return replica;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                replica.Dispose();
            }
        }

        return null;
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end closed: both are closed now.
        }
    }
}

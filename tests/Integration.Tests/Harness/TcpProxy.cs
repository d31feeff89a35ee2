using System.Net;
using System.Net.Sockets;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>A network between a client and a loopback port, which a test can cut and mend.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly HashSet<TcpClient> open = [];
    private readonly Lock sync = new();
    private readonly int target;
    private readonly Task accepting;
    private bool blocked;

    internal TcpProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections that are open now, each counted once.</summary>
    internal int Connections
    {
        get
        {
            lock (sync)
            {
                return open.Count / 2;
            }
        }
    }

    /// <summary>Cuts what is connected; new connections get through.</summary>
    internal void Cut()
    {
        lock (sync)
        {
            foreach (var client in open)
            {
                client.Close();
            }

            open.Clear();
        }
    }

    /// <summary>Cuts what is connected, and whatever connects from now on.</summary>
    internal void Block()
    {
        lock (sync)
        {
            blocked = true;
        }

        Cut();
    }

    internal void Unblock()
    {
        lock (sync)
        {
            blocked = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Block();
        await accepting;
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target);
                if (!TryOpen(client, server))
                {
                    return;
                }

                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
            }
            catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Either end is gone, or was cut off.
            }
            finally
            {
                Close(client, server);
            }
        }
    }

    private bool TryOpen(TcpClient client, TcpClient server)
    {
        lock (sync)
        {
            if (!blocked)
            {
                open.Add(client);
                open.Add(server);
            }

            return !blocked;
        }
    }

    private void Close(TcpClient client, TcpClient server)
    {
        lock (sync)
        {
            open.Remove(client);
            open.Remove(server);
        }
    }
}

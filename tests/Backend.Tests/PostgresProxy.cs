using System.Net;
using System.Net.Sockets;

namespace ScimOperator.Backend.Tests;

/// <summary>
/// Stands between a backend and its PostgreSQL, and cuts the connection at the worst moments: just before a commit reaches
/// the server, or after the server carried it out and before the backend hears of it.
/// </summary>
internal sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly string socket;
    private readonly Task accepting;
    private int fault;

    // Of readers no answer comes while a test has a commit cut: the writer is the only one at work.
    private volatile bool silent;

    public PostgresProxy(string socketFolder)
    {
        socket = Path.Combine(socketFolder, ".s.PGSQL.5432");
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What is done to the next commit.</summary>
    public enum Fault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>It does not reach the server.</summary>
        CommitLost,

        /// <summary>The server's answer does not reach the backend.</summary>
        AnswerLost,
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Cuts { get; private set; }

    public void CutNextCommit(Fault what) => Interlocked.Exchange(ref fault, (int)what);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(socket));
            await using var upstream = new NetworkStream(server);
            var ends = new[] { ForwardAsync(client.GetStream(), upstream), AnswerAsync(upstream, client.GetStream()) };
            await Task.WhenAny(ends);
            client.Close();
            server.Close();
            await Task.WhenAll(ends);
        }
    }

    // Returns when the connection is to be cut.
    private async Task ForwardAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, stop.Token) is > 0 and var read)
            {
                var commit = buffer.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0;
                var what = commit ? (Fault)Interlocked.Exchange(ref fault, (int)Fault.None) : Fault.None;
                if (what == Fault.CommitLost)
                {
                    Cuts++;
                    return;
                }

                silent |= what == Fault.AnswerLost;
                await to.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction was cut.
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, stop.Token) is > 0 and var read)
            {
                if (silent)
                {
                    // The answer is here, so it is done; nobody will know.
                    silent = false;
                    Cuts++;
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction was cut.
        }
    }
}

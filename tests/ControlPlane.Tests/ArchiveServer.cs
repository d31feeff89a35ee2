using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScimOperator.ControlPlanes.Tests;

/// <summary>
/// A web server on loopback that answers every request with the same bytes, and, unlike a well-behaved one, can end the
/// answer early or never begin it.
/// </summary>
internal sealed class ArchiveServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly byte[] body;
    private readonly int announced;
    private readonly string status;
    private readonly bool silent;
    private readonly Task serving;

    internal ArchiveServer(byte[] body, int? announced = null, string status = "200 OK", bool silent = false)
    {
        this.body = body;
        this.announced = announced ?? body.Length;
        this.status = status;
        this.silent = silent;
        listener.Start();
        serving = ServeAsync();
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/releases/");

    /// <summary>The request lines that came in.</summary>
    internal List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(stop.Token);
                await AnswerAsync(connection.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
            // The test is over, or the client hung up, as some of them must.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        Requests.Add(await reader.ReadLineAsync(stop.Token) ?? "");
        while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 })
        {
        }

        if (silent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
        }

        var header = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Length: {announced}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(header), stop.Token);
        await stream.WriteAsync(body, stop.Token);
    }
}

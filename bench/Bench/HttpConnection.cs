using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScimOperator.Bench;

/// <summary>
/// One HTTP/1.1 connection, as cheap as can be: on a small machine the driver takes processor time from the server it
/// measures. Reads answers that have a length.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly string headers;
    private byte[] buffer = new byte[64 * 1024];

    private HttpConnection(Uri url, string token) =>
        headers = $"Host: {url.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/scim+json\r\nAccept: application/scim+json\r\n";

    public static async Task<HttpConnection> OpenAsync(Uri url, string token)
    {
        var connection = new HttpConnection(url, token);
        await connection.socket.ConnectAsync(IPAddress.Loopback, url.Port);
        return connection;
    }

    /// <summary>The answer's status and body.</summary>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> SendAsync(string method, string path, string? body = null)
    {
        var length = body is null ? 0 : Encoding.UTF8.GetByteCount(body);
        var text = string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
        await socket.SendAsync(Encoding.UTF8.GetBytes(text));
        return await ReceiveAsync();
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> ReceiveAsync()
    {
        var have = 0;
        int head;
        while ((head = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0)
        {
            have += await ReadAsync(have);
        }

        var header = Encoding.ASCII.GetString(buffer, 0, head);
        var status = int.Parse(header.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var (start, length) = (head + 4, status == 204 ? 0 : Length(header));
        while (have < start + length)
        {
            have += await ReadAsync(have);
        }

        return (status, buffer.AsMemory(start, length));
    }

    private async ValueTask<int> ReadAsync(int have)
    {
        if (have == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        return await socket.ReceiveAsync(buffer.AsMemory(have)) is > 0 and var read ? read : throw new BenchException("the server closed a connection");
    }

    private static int Length(string header)
    {
        const string Name = "content-length:";
        var at = header.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            throw new BenchException("an answer has no Content-Length:\n" + header);
        }

        var end = header.IndexOf('\r', at) is >= 0 and var found ? found : header.Length;
        return int.Parse(header.AsSpan(at + Name.Length, end - at - Name.Length).Trim(), CultureInfo.InvariantCulture);
    }
}

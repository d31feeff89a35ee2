using System.Buffers;

namespace ScimOperator.Runtime.Client;

/// <summary>A body read into a rented buffer. The buffer is cleared when it goes back: it may have held a Secret.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int FirstSize = 16 * 1024;

    private byte[] buffer;
    private int length;

    private PooledBody(int size) => buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    public static async ValueTask<PooledBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var known = content.Headers.ContentLength is { } n and > 0 and < int.MaxValue ? (int)n + 1 : FirstSize;
        var body = new PooledBody(known);
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken);
            await using (stream)
            {
                await body.FillAsync(stream, cancellationToken);
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        var rented = Interlocked.Exchange(ref buffer, []);
        if (rented.Length > 0)
        {
            rented.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(rented);
        }

        length = 0;
    }

    private async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length == buffer.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var bigger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(bigger);
        buffer.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = bigger;
    }
}

using System.Buffers;
using System.IO.Pipelines;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>Cuts a watch's stream into lines, one JSON document each.</summary>
internal sealed class WatchLines(Stream stream) : IAsyncDisposable
{
    // Larger than anything etcd stores; a "line" beyond it is not a watch.
    private const int LongestLine = 16 * 1024 * 1024;

    private readonly PipeReader pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
    private ReadOnlySequence<byte> unread;
    private bool started;
    private bool completed;

    /// <summary>Waits for more; false at the end of the stream. What follows the last newline then is a cut line, and is dropped.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (completed)
        {
            return false;
        }

        if (started)
        {
            pipe.AdvanceTo(unread.Start, unread.End);
        }

        started = true;
        var result = await pipe.ReadAsync(cancellationToken);
        unread = result.Buffer;
        completed = result.IsCompleted;
        return true;
    }

    /// <summary>The next event in what has been read; false when a whole line is missing.</summary>
    public bool TryNext<T>(WatchEventReader<T> reader, out WatchEvent<T> next)
        where T : class, IKubernetesObject
    {
        while (unread.PositionOf((byte)'\n') is { } end)
        {
            var line = unread.Slice(0, end);
            unread = unread.Slice(unread.GetPosition(1, end));
            if (!line.IsEmpty)
            {
                next = Read(reader, line);
                return true;
            }
        }

        if (unread.Length > LongestLine)
        {
            throw new InvalidDataException($"a watch sent more than {LongestLine} bytes without a newline");
        }

        next = default;
        return false;
    }

    public ValueTask DisposeAsync() => pipe.CompleteAsync();

    private static WatchEvent<T> Read<T>(WatchEventReader<T> reader, ReadOnlySequence<byte> line)
        where T : class, IKubernetesObject
    {
        if (line.IsSingleSegment)
        {
            return reader.Read(line.FirstSpan);
        }

        var length = (int)line.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            line.CopyTo(buffer);
            return reader.Read(buffer.AsSpan(0, length));
        }
        finally
        {
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

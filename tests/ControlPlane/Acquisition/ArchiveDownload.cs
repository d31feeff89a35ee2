namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>Saves one file from the web: gives up soon where nothing answers, and says how far it is where it takes long.</summary>
internal sealed class ArchiveDownload
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);
    private readonly ControlPlaneOptions options;

    internal ArchiveDownload(ControlPlaneOptions options) => this.options = options;

    /// <exception cref="HttpRequestException">Nothing answers, or it answers with an error.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="TimeoutException">The connection took too long, or the download stood still.</exception>
    internal async Task SaveAsync(Uri address, string path, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = options.ConnectTimeout };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var response = await GetAsync(client, address, cancellationToken);
        response.EnsureSuccessStatusCode();
        var total = response.Content.Headers.ContentLength;
        options.Progress.WriteLine($"control plane: downloading {address} ({Megabytes(total)})");
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var file = File.Create(path);
        await CopyAsync(body, file, total, cancellationToken);
    }

    private async Task<HttpResponseMessage> GetAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .WaitAsync(options.ConnectTimeout + options.StallTimeout, options.Time, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // This is how the handler reports that the connection took longer than ConnectTimeout.
            throw new TimeoutException($"{address.Host} did not answer within {options.ConnectTimeout.TotalSeconds} s", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new HttpRequestException($"{address.Host} is unreachable: {exception.Message}", exception);
        }
    }

    private async Task CopyAsync(Stream body, FileStream file, long? total, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        var reported = options.Time.GetTimestamp();
        while (true)
        {
            var read = await body.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(options.StallTimeout, options.Time, cancellationToken);
            if (read == 0)
            {
                break;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (options.Time.GetElapsedTime(reported) >= ReportInterval)
            {
                reported = options.Time.GetTimestamp();
                options.Progress.WriteLine($"control plane:   {Megabytes(file.Length)} of {Megabytes(total)}");
            }
        }
    }

    private static string Megabytes(long? bytes) => bytes is { } known ? $"{known / 1_000_000.0:0.0} MB" : "size unknown";
}

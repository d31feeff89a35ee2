using System.Text;
using System.Text.Json;

namespace ScimOperator.IdpStandIn;

/// <summary>Reads the Secret through the Kubernetes API and remembers what it last held.</summary>
/// <remarks>
/// A connector doesn't read for each request: it works with what it has, reads again on a period, and goes on with what
/// it has when the API server doesn't answer.
/// </remarks>
internal sealed class SecretReader
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly HttpClient client;
    private readonly string path;
    private readonly Statistics statistics;
    private readonly TimeProvider time;
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ConnectorSecret? current;

    internal SecretReader(HttpClient client, string ns, string name, Statistics statistics, TimeProvider time)
    {
        this.client = client;
        this.statistics = statistics;
        this.time = time;
        path = $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/secrets/{Uri.EscapeDataString(name)}";
    }

    /// <summary>What was read last; null before the first time.</summary>
    internal ConnectorSecret? Current => current;

    /// <summary>Completes when the Secret was read for the first time.</summary>
    internal Task FirstRead => first.Task;

    /// <summary>Reads again and again until told to stop.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            await ReadAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    internal static ConnectorSecret Parse(string json)
    {
        using var secret = JsonDocument.Parse(json);
        var data = secret.RootElement.TryGetProperty("data", out var found) ? found : default;
        return new ConnectorSecret(
            new Uri(Text(data, "url") ?? throw new FormatException("the Secret has no key url")),
            Text(data, "tokenId") ?? "",
            Text(data, "token") ?? throw new FormatException("the Secret has no key token"));
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            using var response = await client.GetAsync(path, stop);
            if (!response.IsSuccessStatusCode)
            {
                statistics.SecretNotRead($"reading the Secret: {(int)response.StatusCode} {response.ReasonPhrase}");
                return;
            }

            current = Parse(await response.Content.ReadAsStringAsync(stop));
            statistics.SecretRead();
            first.TrySetResult();
        }
        catch (Exception exception) when (IsFailure(exception) && !stop.IsCancellationRequested)
        {
            statistics.SecretNotRead($"reading the Secret: {exception.Message}");
        }
    }

    private static bool IsFailure(Exception exception) =>
        exception is HttpRequestException or OperationCanceledException or IOException or FormatException or JsonException;

    private static string? Text(JsonElement data, string key) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(key, out var value)
            ? Encoding.UTF8.GetString(value.GetBytesFromBase64())
            : null;
}

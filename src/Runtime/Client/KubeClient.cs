using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>
/// The Kubernetes API over HTTP. Watches have connections of their own: neither do they wait behind requests, nor requests
/// behind them. Messages never hold a body or a credential.
/// </summary>
/// <param name="requests">For everything but watches; without a time-out of its own.</param>
/// <param name="watches">For watches; without a time-out of its own.</param>
/// <param name="options">How to talk.</param>
/// <param name="time">Clock of the time-outs.</param>
/// <param name="logger">Told of objects that can't be read.</param>
public sealed class KubeClient(
    HttpClient requests, HttpClient watches, KubeClientOptions options, TimeProvider time, ILogger<KubeClient> logger)
    : IKubeClient, IDisposable
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");
    private static readonly MediaTypeHeaderValue JsonPatchType = new("application/json-patch+json");
    private static readonly MediaTypeHeaderValue MergePatchType = new("application/merge-patch+json");

    // The body is JSON, which is YAML; only this media type means apply on every supported version.
    private static readonly MediaTypeHeaderValue ApplyPatchType = new("application/apply-patch+yaml");

    /// <summary>Namespace of the ServiceAccount or of the kubeconfig's context; null when neither says.</summary>
    public string? Namespace => options.Namespace;

    /// <inheritdoc/>
    public async Task<T?> GetAsync<T>(ResourceType<T> type, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var call = Call("get", HttpMethod.Get, type, key);
        try
        {
            return await SendAsync(call, new RequestUrl(BaseUrl, type.ObjectPath(key)).Build(), null, type, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsNotFound && e.Reason == "NotFound")
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<ResourceList<T>> ListAsync<T>(ResourceType<T> type, ListOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var call = Call("list", HttpMethod.Get, type, new ObjectKey(options.Namespace ?? "", ""));
        var url = new RequestUrl(BaseUrl, type.CollectionPath(options.Namespace))
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector)
            .Add("limit", options.Limit)
            .Add("continue", options.Continue)
            .Add("resourceVersion", options.ResourceVersion)
            .Build();
        using var body = await SendAsync(call, url, null, cancellationToken);
        return Read(call, () => ListPageReader.Read(body.Span, type, (key, e) => Skipped(call, key, e)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceType<T> type, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var call = Call("watch", HttpMethod.Get, type, new ObjectKey(options.Namespace ?? "", ""));
        using var response = await OpenWatchAsync(call, WatchUrl(type, options), cancellationToken);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var lines = new WatchLines(stream);
        var reader = new WatchEventReader<T>(type, call, (key, e) => Skipped(call, key, e));
        while (await lines.ReadAsync(cancellationToken))
        {
            while (lines.TryNext(reader, out var next))
            {
                yield return next;
            }
        }
    }

    /// <inheritdoc/>
    public Task<T> CreateAsync<T>(ResourceType<T> type, string? ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var call = Call("create", HttpMethod.Post, type, new ObjectKey(ns ?? "", ""));
        return SendAsync(call, WriteUrl(type.CollectionPath(ns)).Build(), Content(body, JsonType), type, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var call = Call("patch", HttpMethod.Patch, type, key, subresource);
        var mediaType = patch.Kind switch
        {
            PatchKind.Json => JsonPatchType,
            PatchKind.Merge => MergePatchType,
            _ => ApplyPatchType,
        };
        var url = WriteUrl(type.ObjectPath(key, subresource))
            .Add("force", patch is { Kind: PatchKind.Apply, Force: true } ? "true" : null);
        return SendAsync(call, url.Build(), Content(patch.Body, mediaType), type, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<T> ReplaceAsync<T>(ResourceType<T> type, ObjectKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var call = Call("update", HttpMethod.Put, type, key);
        return SendAsync(call, WriteUrl(type.ObjectPath(key)).Build(), Content(body, JsonType), type, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync<T>(ResourceType<T> type, ObjectKey key, string? uid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        var call = Call("delete", HttpMethod.Delete, type, key);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new DeleteOptions { Preconditions = uid is null ? null : new DeletePreconditions(uid) },
            RuntimeJsonContext.Default.DeleteOptions);
        try
        {
            using var answer = await SendAsync(call, new RequestUrl(BaseUrl, type.ObjectPath(key)).Build(), Content(body, JsonType), cancellationToken);
            return true;
        }
        catch (KubeApiException e) when (e.IsNotFound && e.Reason == "NotFound")
        {
            return false;
        }
        catch (KubeApiException e) when (uid is not null && e.IsConflict && e.Message.Contains("UID in precondition", StringComparison.Ordinal))
        {
            // A new object has the name: the one meant is gone.
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        requests.Dispose();
        watches.Dispose();
    }

    private Uri BaseUrl => options.BaseUrl;

    private static ApiCall Call<T>(string verb, HttpMethod method, ResourceType<T> type, ObjectKey key, string? subresource = null)
        where T : class, IKubernetesObject => new(verb, method, type.Group, type.Plural, key, subresource);

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body, MediaTypeHeaderValue mediaType) =>
        new(body) { Headers = { ContentType = mediaType } };

    private RequestUrl WriteUrl(string path) => new RequestUrl(BaseUrl, path).Add("fieldManager", options.FieldManager);

    private Uri WatchUrl<T>(ResourceType<T> type, WatchOptions watch)
        where T : class, IKubernetesObject =>
        new RequestUrl(BaseUrl, type.CollectionPath(watch.Namespace))
            .Add("watch", "true")
            .Add("allowWatchBookmarks", "true")
            .Add("resourceVersion", watch.ResourceVersion)
            .Add("labelSelector", watch.LabelSelector)
            .Add("fieldSelector", watch.FieldSelector)
            .Add("timeoutSeconds", watch.Timeout is { } t ? (int)Math.Ceiling(t.TotalSeconds) : null)
            .Build();

    private async Task<T> SendAsync<T>(ApiCall call, Uri url, HttpContent? content, ResourceType<T> type, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        using var body = await SendAsync(call, url, content, cancellationToken);
        return Read(call, () => JsonSerializer.Deserialize(body.Span, type.Json) ?? throw new JsonException("null"));
    }

    /// <summary>Sends, within the request time-out, and reads the whole answer.</summary>
    private async Task<PooledBody> SendAsync(ApiCall call, Uri url, HttpContent? content, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await OpenAsync(requests, call, url, content, linked.Token);
            return await PooledBody.ReadAsync(response.Content, linked.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(call);
        }
        catch (IOException e)
        {
            throw new HttpRequestException($"could not {call}: the connection broke while the answer was read: {e.Message}", e);
        }
    }

    private async Task<HttpResponseMessage> OpenWatchAsync(ApiCall call, Uri url, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await OpenAsync(watches, call, url, null, linked.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(call);
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpClient client, ApiCall call, Uri url, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, url)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            RuntimeMetrics.Requests.WithLabels(call.Method.Method, call.Plural, "<error>").Inc();
            throw new HttpRequestException(e.HttpRequestError, $"could not {call}: {e.Message}", e, e.StatusCode);
        }

        RuntimeMetrics.Requests.WithLabels(call.Method.Method, call.Plural, CodeText(response.StatusCode)).Inc();
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            using var body = await PooledBody.ReadAsync(response.Content, cancellationToken);
            throw ApiErrors.From(call, response, body.Span, time);
        }
    }

    private static string CodeText(HttpStatusCode code) => code switch
    {
        HttpStatusCode.OK => "200",
        HttpStatusCode.Created => "201",
        _ => ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private TimeoutException TimedOut(ApiCall call) =>
        new($"could not {call}: the API server gave no answer within {options.RequestTimeout.TotalSeconds:0} s");

    private static TResult Read<TResult>(ApiCall call, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            // The serializer's message names path and position, and quotes no value.
            throw new InvalidDataException($"could not {call}: the answer can't be read: {e.Message}", e);
        }
    }

    private void Skipped(ApiCall call, ObjectKey key, JsonException e)
    {
        RuntimeMetrics.Undecodable.WithLabels(call.Plural).Inc();
        Log.ObjectSkipped(logger, call.Resource, key, e.Path, e.LineNumber, e.BytePositionInLine);
    }
}

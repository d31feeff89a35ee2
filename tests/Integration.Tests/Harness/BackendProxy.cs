using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>Stands before the backend: counts calls, holds them, and lets a test look at the moment a call arrives.</summary>
internal sealed partial class BackendProxy : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly Uri target;
    private HttpDouble server = null!;
    private volatile TaskCompletionSource? gate;

    private BackendProxy(Uri target) => this.target = target;

    internal Uri Url => server.Url;

    /// <summary>Method and path, with query, of every request so far.</summary>
    internal IReadOnlyList<string> Calls => server.Calls;

    /// <summary>How often each call was made: method and path, without query, and {id} in place of ids.</summary>
    internal Dictionary<string, int> CallCounts => Calls.Select(call => Id().Replace(call.Split('?')[0], "/{id}")).CountBy(call => call).ToDictionary();

    /// <summary>Called before a request is passed on.</summary>
    internal Func<HttpRequest, Task>? Arriving { get; set; }

    /// <summary>Spoils calls; null while nothing is spoilt.</summary>
    internal Weather? Weather { get; set; }

    internal static async Task<BackendProxy> StartAsync(BackendProcess backend)
    {
        var proxy = new BackendProxy(backend.Url);
        proxy.server = await HttpDouble.StartAsync(proxy.PassOnAsync);
        return proxy;
    }

    internal void Forget() => server.Forget();

    /// <summary>From now on requests wait, until <see cref="Release"/> or until their caller gives up.</summary>
    internal void Hold() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Release()
    {
        gate?.TrySetResult();
        gate = null;
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await server.DisposeAsync();
        http.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        if (gate is { } held)
        {
            await held.Task.WaitAsync(context.RequestAborted);
        }

        await (Arriving?.Invoke(context.Request) ?? Task.CompletedTask);
        var weather = Weather;
        if (weather is not null && await weather.BeforeAsync(context))
        {
            return;
        }

        using var request = await CopyAsync(context.Request);
        using var response = await http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        context.Response.Headers.ETag = response.Headers.ETag?.ToString();
        var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        await (weather?.AnswerAsync(context, body) ?? context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask());
    }

    private async Task<HttpRequestMessage> CopyAsync(HttpRequest original)
    {
        var request = new HttpRequestMessage(new HttpMethod(original.Method), new Uri(target, $"{original.Path}{original.QueryString}"));
        request.Headers.TryAddWithoutValidation("Authorization", original.Headers.Authorization.ToString());
        if (original.Headers.IfMatch.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("If-Match", original.Headers.IfMatch.ToString());
        }

        if (original.ContentType is { } type)
        {
            using var body = new MemoryStream();
            await original.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        }

        return request;
    }

    [GeneratedRegex("/(?:usr|tok)_[^/]+")]
    private static partial Regex Id();
}

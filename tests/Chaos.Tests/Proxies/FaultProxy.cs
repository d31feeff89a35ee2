using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ScimOperator.Chaos.Tests.Proxies;

/// <summary>
/// Stands between the operator and a server, on loopback. Credentials pass through; TLS towards the operator is the proxy's own.
/// A gate sees every request with its answer; watches are streamed.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly ProxyOptions options;
    private readonly ConcurrentDictionary<ConnectionContext, bool> connections = new();
    private readonly CancellationTokenSource closing = new();
    private readonly WebApplication app;

    private FaultProxy(ProxyOptions options)
    {
        this.options = options;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, Listen);
        });
        app = builder.Build();
        app.Run(HandleAsync);
    }

    /// <summary>Where the operator is sent.</summary>
    internal Uri Url => new(app.Urls.Single());

    internal static async Task<FaultProxy> StartAsync(ProxyOptions options)
    {
        var proxy = new FaultProxy(options);
        await proxy.app.StartAsync();
        return proxy;
    }

    /// <summary>Cuts all connections, watches too; new ones get through.</summary>
    /// <returns>How many there were.</returns>
    internal int Cut()
    {
        var open = connections.Keys.ToList();
        open.ForEach(connection => connection.Abort());
        return open.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        Cut();
        await app.DisposeAsync();
        closing.Dispose();
    }

    private void Listen(ListenOptions listen)
    {
        listen.Use(next => async connection =>
        {
            connections[connection] = true;
            try
            {
                await next(connection);
            }
            finally
            {
                connections.TryRemove(connection, out _);
            }
        });
        if (options.Certificate is { } certificate)
        {
            listen.UseHttps(certificate);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            var call = await ReadAsync(context);
            if (call.IsWatch)
            {
                await StreamAsync(context, call);
                return;
            }

            var headers = Credentials(context.Request);
            await AnswerAsync(context, await options.Gate.PassAsync(call, () => ForwardAsync(call, headers)));
        }
        catch (Exception exception) when (exception is ConnectionCutException or HttpRequestException or IOException or OperationCanceledException)
        {
            // Also where the server itself can't be reached: a proxy that is not there gives no answer either.
            context.Abort();
        }
    }

    private async Task<ProxiedCall> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var path = context.Request.Path.Value ?? "/";
        return new ProxiedCall(options.Side, context.Request.Method, options.Rewrite(path), context.Request.QueryString.Value ?? "", body.ToArray());
    }

    private static List<KeyValuePair<string, string>> Credentials(HttpRequest request) =>
        [.. request.Headers.Where(h => !IsHopByHop(h.Key)).Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()))];

    private async Task<ProxiedAnswer> ForwardAsync(ProxiedCall call, List<KeyValuePair<string, string>> headers)
    {
        using var request = Request(call, headers);
        using var response = await options.Server.SendAsync(request, closing.Token);
        var passed = response.Headers.Concat(response.Content.Headers)
            .Where(h => !IsHopByHop(h.Key)).Select(h => KeyValuePair.Create(h.Key, string.Join(", ", h.Value)));
        return new ProxiedAnswer((int)response.StatusCode, [.. passed], await response.Content.ReadAsByteArrayAsync(closing.Token));
    }

    private async Task StreamAsync(HttpContext context, ProxiedCall call)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing.Token);
        using var request = Request(call, Credentials(context.Request));
        using var response = await options.Server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        var stream = await response.Content.ReadAsStreamAsync(either.Token);
        var buffer = new byte[16 * 1024];
        await context.Response.StartAsync(either.Token);
        while (await stream.ReadAsync(buffer, either.Token) is > 0 and var read)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), either.Token);
            await context.Response.Body.FlushAsync(either.Token);
        }
    }

    private HttpRequestMessage Request(ProxiedCall call, List<KeyValuePair<string, string>> headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(options.Target, call.Path + call.Query));
        if (call.Body.Length > 0)
        {
            request.Content = new ByteArrayContent(call.Body);
        }

        foreach (var (name, value) in headers.Where(h => !request.Headers.TryAddWithoutValidation(h.Key, h.Value)))
        {
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, ProxiedAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    private static bool IsHopByHop(string header) =>
        header.StartsWith(':') || header.ToUpperInvariant() is "HOST" or "CONNECTION" or "KEEP-ALIVE" or "TRANSFER-ENCODING" or "UPGRADE" or "CONTENT-LENGTH";
}

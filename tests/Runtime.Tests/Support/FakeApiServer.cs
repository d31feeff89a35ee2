using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Runtime.Tests.Support;

/// <summary>An API server over real HTTP that answers each request with the next line of a script.</summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeApiServer(WebApplication app) => this.app = app;

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<string> Bodies { get; } = new();

    public ConcurrentQueue<Func<HttpContext, Task>> Lists { get; } = new();

    public ConcurrentQueue<Func<HttpContext, Task>> Watches { get; } = new();

    public ConcurrentQueue<Func<HttpContext, Task>> Others { get; } = new();

    public Uri Url { get; private set; } = new("http://unset");

    public static async Task<FakeApiServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new FakeApiServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.Url = new Uri(addresses.First());
        return server;
    }

    public KubeClient Client(TimeProvider? time = null, RecordingLogger? log = null, TimeSpan? timeout = null)
    {
        var options = new KubeClientOptions { BaseUrl = Url, FieldManager = "tests", RequestTimeout = timeout ?? TimeSpan.FromSeconds(30) };
        return new KubeClient(NewHttp(), NewHttp(), options, time ?? TimeProvider.System, new Logger<KubeClient>(log ?? new RecordingLogger()));
    }

    public static Func<HttpContext, Task> Json(int status, string body, string contentType = "application/json", string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return context.Response.WriteAsync(body);
    };

    /// <summary>Sends lines, then closes; or stays open and silent.</summary>
    public static Func<HttpContext, Task> Lines(bool stayOpen, params string[] lines) => async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync();
        foreach (var line in lines)
        {
            await context.Response.WriteAsync(line + "\n");
        }

        await context.Response.Body.FlushAsync();
        if (stayOpen)
        {
            await HangAsync(context);
        }
    };

    /// <summary>Sends text as it is, then closes.</summary>
    public static Func<HttpContext, Task> Text(string text) => context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(text);
    };

    public static async Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    }

    public static string ItemJson(string name, long version, string? extra = null) =>
        $$"""{"metadata":{"name":"{{name}}","namespace":"ns","uid":"uid-{{name}}","resourceVersion":"{{version}}"}{{(extra is null ? "" : "," + extra)}}}""";

    public static string ListJson(long version, string? more, params string[] items) =>
        $$"""{"kind":"WidgetList","apiVersion":"example.com/v1","metadata":{"resourceVersion":"{{version}}","continue":"{{more}}"},"items":[{{string.Join(',', items)}}]}""";

    public static string EventJson(string type, string obj) => $$"""{"type":"{{type}}","object":{{obj}}}""";

    public static string BookmarkJson(long version) => EventJson("BOOKMARK", $$"""{"kind":"Widget","metadata":{"resourceVersion":"{{version}}","creationTimestamp":null} }""");

    public static string StatusJson(int code, string reason, string message) =>
        $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"{{message}}","reason":"{{reason}}","code":{{code}}}""";

    public async ValueTask DisposeAsync()
    {
        // Open watches hang until the server aborts them.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static HttpClient NewHttp() => new() { Timeout = Timeout.InfiniteTimeSpan };

    private async Task AnswerAsync(HttpContext context)
    {
        using (var reader = new StreamReader(context.Request.Body))
        {
            Bodies.Enqueue(await reader.ReadToEndAsync());
        }

        var query = context.Request.Query;
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        var list = context.Request.Method == "GET" && context.Request.Path.Value!.EndsWith("/widgets", StringComparison.Ordinal);
        var script = list ? (query.ContainsKey("watch") ? Watches : Lists) : Others;
        if (script.TryDequeue(out var answer))
        {
            await answer(context);
        }
        else
        {
            await HangAsync(context);
        }
    }
}

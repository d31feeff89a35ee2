using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>An HTTP server on loopback that answers as a test says, and remembers what it was asked.</summary>
internal sealed class HttpDouble : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> calls = new();
    private readonly WebApplication app;

    private HttpDouble(WebApplication app) => this.app = app;

    internal Uri Url => new(app.Urls.Single());

    /// <summary>Method and path, with query, of every request so far.</summary>
    internal IReadOnlyList<string> Calls => [.. calls];

    internal static async Task<HttpDouble> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var started = new HttpDouble(builder.Build());
        started.app.Run(context =>
        {
            started.calls.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            return answer(context);
        });
        await started.app.StartAsync();
        return started;
    }

    internal void Forget() => calls.Clear();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

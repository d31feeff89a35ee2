using System.Text;
using Microsoft.AspNetCore.Http;

namespace ScimOperator.Runtime.Hosting;

/// <summary>
/// /healthz: the process answers. /readyz: named checks, each of which says what is wrong, or nothing. The form is that of
/// Kubernetes' own components: <c>?verbose</c> lists all, a failure always says which.
/// </summary>
internal sealed class HealthChecks
{
    private readonly List<(string Name, Func<string?> Check)> readiness = [];

    public void Add(string name, Func<string?> check) => readiness.Add((name, check));

    /// <summary>Answers one probe.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var verbose = context.Request.Query.ContainsKey("verbose");
        return context.Request.Path.Value switch
        {
            "/healthz" or "/livez" => AnswerAsync(context.Response, "healthz", [("ping", null)], verbose),
            "/readyz" => AnswerAsync(context.Response, "readyz", [.. readiness.Select(r => (r.Name, r.Check()))], verbose),
            _ => NotFoundAsync(context.Response),
        };
    }

    private static Task AnswerAsync(HttpResponse response, string name, IReadOnlyList<(string Name, string? Wrong)> results, bool verbose)
    {
        var healthy = results.All(r => r.Wrong is null);
        var text = new StringBuilder();
        if (verbose || !healthy)
        {
            foreach (var (check, wrong) in results)
            {
                text.Append(wrong is null ? $"[+]{check} ok\n" : $"[-]{check} failed: {wrong}\n");
            }

            text.Append(healthy ? $"{name} check passed\n" : $"{name} check failed\n");
        }
        else
        {
            text.Append("ok");
        }

        response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(text.ToString());
    }

    private static Task NotFoundAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

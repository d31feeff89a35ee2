using System.Net;
using System.Text;

namespace ScimOperator.Cli.Tests;

/// <summary>Answers calls from a script and notes them.</summary>
internal sealed class StubAccount(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    internal List<string> Calls { get; } = [];

    internal static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Add(request.RequestUri!.PathAndQuery);
        return Task.FromResult(answer(request));
    }
}

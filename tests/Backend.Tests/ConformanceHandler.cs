namespace ScimOperator.Backend.Tests;

/// <summary>Holds every answer that passes through a client against the description.</summary>
internal sealed class ConformanceHandler(OpenApiDocument document) : DelegatingHandler(new HttpClientHandler())
{
    /// <summary>The answers seen, as "GET /path/{id} 200".</summary>
    public HashSet<string> Seen { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var operation = document.Match(request.Method.Method, request.RequestUri!.AbsolutePath);
        Assert.True(operation is not null, $"{request.Method} {request.RequestUri.AbsolutePath} is not described");
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var fault = document.Fault(
            operation!, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, n => response.Headers.Contains(n) || response.Content.Headers.Contains(n), body);
        Assert.True(fault is null, $"{operation} {(int)response.StatusCode}: {fault}\n{body}");
        Seen.Add($"{operation} {(int)response.StatusCode}");
        return response;
    }
}

using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ScimOperator.Drivers.Scim;

/// <summary>Makes the calls of RFC 7644 and reads their answers; a refusal is a <see cref="BackendException"/>.</summary>
internal sealed class ScimClient(BackendHttp http)
{
    internal const string MediaType = "application/scim+json";
    private const int LargestBody = 32 * 1024 * 1024;
    private static readonly MediaTypeHeaderValue Scim = new(MediaType);

    internal Uri Url => http.Url;

    /// <summary>Reads; anything but success is a refusal.</summary>
    internal Task<ScimAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        RequireAsync(SendAsync(HttpMethod.Get, path, null, null, cancellationToken));

    /// <summary>Writes; anything but success is a refusal.</summary>
    internal Task<ScimAnswer> WriteAsync(HttpMethod method, string path, JsonObject? body, string? etag, CancellationToken cancellationToken) =>
        RequireAsync(SendAsync(method, path, body, etag, cancellationToken));

    /// <summary>Sends, and leaves it to the caller what a refusal of this one call means; what concerns the whole provider fails.</summary>
    internal Task<ScimAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, string? etag, CancellationToken cancellationToken)
    {
        var call = BackendHttp.Name(method, path);
        return http.CallAsync(method, path, Prepare, ReadAsync, cancellationToken);

        void Prepare(HttpRequestMessage request)
        {
            request.Headers.Accept.ParseAdd(MediaType);
            request.Headers.Accept.ParseAdd("application/json;q=0.9");
            if (etag is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", etag);
            }

            if (body is not null)
            {
                request.Content = new ByteArrayContent(ScimJson.Write(body)) { Headers = { ContentType = Scim } };
            }
        }

        async Task<ScimAnswer> ReadAsync(HttpResponseMessage response, CancellationToken ct)
        {
            var etagHeader = response.Headers.TryGetValues("ETag", out var values) ? values.FirstOrDefault() : null;
            var answer = new ScimAnswer(
                call,
                response.StatusCode,
                response.Content.Headers.ContentType?.MediaType,
                etagHeader,
                http.RetryAfter(response),
                await ReadBodyAsync(call, response, ct));
            return ScimProblems.ConcernsAll(answer) ? throw ScimProblems.From(http, answer) : answer;
        }
    }

    /// <summary>The failure that an answer means.</summary>
    internal BackendException Problem(ScimAnswer answer) => ScimProblems.From(http, answer);

    private async Task<ScimAnswer> RequireAsync(Task<ScimAnswer> sending)
    {
        var answer = await sending;
        return answer.IsSuccess ? answer : throw Problem(answer);
    }

    private static async Task<byte[]> ReadBodyAsync(string call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[32 * 1024];
        for (int n; (n = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (read.Length + n > LargestBody)
            {
                throw ScimProblems.Invalid(call, $"the body is larger than {LargestBody / 1024 / 1024} MiB");
            }

            read.Write(buffer, 0, n);
        }

        return read.ToArray();
    }
}

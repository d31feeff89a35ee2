using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScimOperator.Drivers.AccountApi;

/// <summary>Sends calls of the admin API and reads their JSON answers.</summary>
internal sealed class AccountApiClient(BackendHttp http)
{
    internal async Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        await SendAsync(method, path, content: null, etag: null, answer, cancellationToken);

    internal async Task<T> SendAsync<T>(
        HttpMethod method, string path, HttpContent? content, string? etag, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        var call = BackendHttp.Name(method, path);
        return await http.CallAsync(method, path, Prepare, ReadAsync, cancellationToken);

        void Prepare(HttpRequestMessage request)
        {
            request.Content = content;
            if (etag is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", etag);
            }
        }

        async Task<T> ReadAsync(HttpResponseMessage response, CancellationToken ct)
        {
            await ThrowIfRefusedAsync(call, response, ct);
            return await ReadBodyAsync(call, response, answer, ct);
        }
    }

    internal async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        var call = BackendHttp.Name(HttpMethod.Delete, path);
        await http.CallAsync(HttpMethod.Delete, path, prepare: null, ReadAsync, cancellationToken);

        async Task<bool> ReadAsync(HttpResponseMessage response, CancellationToken ct)
        {
            await ThrowIfRefusedAsync(call, response, ct);
            return true;
        }
    }

    private async Task ThrowIfRefusedAsync(string call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw await ProblemMapping.ReadAsync(http, call, response, cancellationToken);
        }
    }

    private static async Task<T> ReadBodyAsync<T>(string call, HttpResponseMessage response, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(stream, answer, cancellationToken)
                ?? throw WireMapping.Invalid(call, "the body is empty");
        }
        catch (JsonException e)
        {
            throw WireMapping.Invalid(call, $"the body is not the JSON expected (at {e.Path ?? "its start"})");
        }
    }
}

using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScimOperator.Operator.Drivers.AccountApi;

/// <summary>Sends calls of the admin API through the account's gate and turns every failure into a <see cref="BackendException"/>.</summary>
internal sealed class AccountApiClient(HttpClient http, Uri baseUrl, string credential, AccountGate gate, TimeProvider time, TimeSpan timeout)
{
    internal async Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        await SendAsync(method, path, content: null, etag: null, answer, cancellationToken);

    internal async Task<T> SendAsync<T>(
        HttpMethod method, string path, HttpContent? content, string? etag, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        var call = Name(method, path);
        return await GuardedAsync(call, async ct =>
        {
            using var response = await ExchangeAsync(call, method, path, content, etag, ct);
            return await ReadAsync(call, response, answer, ct);
        }, cancellationToken);
    }

    internal async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        var call = Name(HttpMethod.Delete, path);
        await GuardedAsync(call, async ct =>
        {
            using var response = await ExchangeAsync(call, HttpMethod.Delete, path, null, null, ct);
            return true;
        }, cancellationToken);
    }

    internal static string Name(HttpMethod method, string path)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        return $"{method} {(query < 0 ? path : path[..query])}";
    }

    private async Task<HttpResponseMessage> ExchangeAsync(
        string call, HttpMethod method, string path, HttpContent? content, string? etag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(baseUrl, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ProblemMapping.ReadAsync(call, response, time, cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(string call, HttpResponseMessage response, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
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

    private async Task<T> GuardedAsync<T>(string call, Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var permit = await gate.EnterAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var result = await exchange(linked.Token);
            permit.Succeeded();
            return result;
        }
        catch (BackendException e)
        {
            permit.Failed(e);
            throw;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw permit.Failed(new BackendException(BackendError.Unreachable, $"{call}: no answer from {baseUrl.Authority} within {timeout.TotalSeconds:0.#} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw permit.Failed(Translate(call, e));
        }
    }

    private BackendException Translate(string call, Exception e) => IsTls(e)
        ? new BackendException(BackendError.Tls, $"{call}: no trusted TLS connection to {baseUrl.Authority}: {Innermost(e)}. Check spec.url and spec.caBundle of the Account.", inner: e)
        : new BackendException(BackendError.Unreachable, $"{call}: no connection to {baseUrl.Authority}: {Innermost(e)}", inner: e);

    private static bool IsTls(Exception? e) => e is not null && (e is AuthenticationException || IsTls(e.InnerException));

    private static string Innermost(Exception e) => e.GetBaseException().Message;
}

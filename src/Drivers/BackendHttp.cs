using System.Net.Http.Headers;
using System.Security.Authentication;

namespace ScimOperator.Drivers;

/// <summary>
/// Makes calls through the account's gate, with a deadline, and turns every failure of the connection into a
/// <see cref="BackendException"/>. What an answer means is for the driver to say.
/// </summary>
internal sealed class BackendHttp(DriverConnection connection)
{
    private const int LongestDetail = 512;

    internal TimeProvider Time => connection.Time;

    internal Uri Url => connection.Url;

    /// <summary>Name of a call in messages: without the query, which may hold a person's email.</summary>
    internal static string Name(HttpMethod method, string path)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        return $"{method} /{(query < 0 ? path : path[..query]).TrimStart('/')}";
    }

    /// <summary>Words of the account for a message: not too many, and without the credential if it repeats what it was sent.</summary>
    internal string Quote(string words)
    {
        var clean = words.Replace(connection.Credential, "[credential]", StringComparison.Ordinal).Trim();
        return clean.Length > LongestDetail ? clean[..LongestDetail] : clean.TrimEnd('.');
    }

    /// <summary>How long the answer asks to wait; null when it does not.</summary>
    internal TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - Time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Sends a request whose path is relative to the base URL, and lets <paramref name="read"/> make something of the answer.</summary>
    internal async Task<T> CallAsync<T>(
        HttpMethod method,
        string path,
        Action<HttpRequestMessage>? prepare,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var call = Name(method, path);
        using var permit = await connection.Gate.EnterAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(connection.CallTimeout, connection.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(Url, path.TrimStart('/')));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.Credential);
            prepare?.Invoke(request);
            using var response = await connection.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            var result = await read(response, linked.Token);
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
            throw permit.Failed(new BackendException(BackendError.Unreachable, $"{call}: no answer from {Url.Authority} within {connection.CallTimeout.TotalSeconds:0.#} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw permit.Failed(Translate(call, e));
        }
    }

    private BackendException Translate(string call, Exception e) => IsTls(e)
        ? new BackendException(BackendError.Tls, $"{call}: no trusted TLS connection to {Url.Authority}: {Innermost(e)}", inner: e)
        : new BackendException(BackendError.Unreachable, $"{call}: no connection to {Url.Authority}: {Innermost(e)}", inner: e);

    private static bool IsTls(Exception? e) => e is not null && (e is AuthenticationException || IsTls(e.InnerException));

    private static string Innermost(Exception e) => e.GetBaseException().Message.TrimEnd('.');
}

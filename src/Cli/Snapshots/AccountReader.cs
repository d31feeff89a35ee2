using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScimOperator.Cli.Snapshots;

/// <summary>Reads an account's users and tokens through its admin API. Reads only.</summary>
internal sealed class AccountReader(HttpClient http, Uri baseUrl, string credential, TimeProvider time)
{
    private const int PageSize = 1000;
    private const int MostPages = 10_000;
    private const int MostAttempts = 5;
    private const int LongestDetail = 300;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Takes a snapshot; throws <see cref="ApiException"/>.</summary>
    internal async Task<AccountSnapshot> ReadAsync(string? ns, string account, CancellationToken cancellationToken)
    {
        var takenAt = time.GetUtcNow();
        var self = await GetAsync("api/v1/account", SnapshotJsonContext.Default.ApiAccount, cancellationToken);
        // Users first: a token that appears meanwhile then belongs to somebody the snapshot shows, or is seen by the next one.
        var users = await ListAsync("api/v1/users", SnapshotJsonContext.Default.UserPage, cancellationToken);
        var tokens = await ListAsync("api/v1/scim-tokens", SnapshotJsonContext.Default.TokenPage, cancellationToken);
        return new AccountSnapshot
        {
            Version = AccountSnapshot.CurrentVersion,
            Namespace = ns,
            Account = account,
            Url = baseUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'),
            TakenAt = takenAt,
            CredentialAdminId = self.Credential?.AdminUserId,
            Users = [.. users.GroupBy(u => u.Id, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(u => u.Email, StringComparer.OrdinalIgnoreCase)],
            Tokens = [.. tokens.GroupBy(t => t.Id, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(t => t.Id, StringComparer.Ordinal)],
        };
    }

    private async Task<List<T>> ListAsync<T>(string path, JsonTypeInfo<ApiPage<T>> type, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var query = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var answer = await GetAsync($"{path}?limit={PageSize}{query}", type, cancellationToken);
            all.AddRange(answer.Items ?? throw new ApiException($"GET /{path}: the answer has no items: is this the account's URL?"));
            cursor = answer.NextCursor;
            if (cursor is null)
            {
                return all;
            }
        }

        throw new ApiException($"GET /{path}: the list does not end after {MostPages} pages");
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var call = $"GET /{path.Split('?')[0]}";
        for (var attempt = 1; ; attempt++)
        {
            using var response = await SendAsync(call, path, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return await ParseAsync(call, response, type, cancellationToken);
            }

            if (response.StatusCode != HttpStatusCode.TooManyRequests || attempt == MostAttempts)
            {
                throw await RefusedAsync(call, response, cancellationToken);
            }

            await Task.Delay(Pause(response), time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string call, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(baseUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new ApiException($"{call}: no answer from {baseUrl.Authority}: {e.GetBaseException().Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiException($"{call}: no answer from {baseUrl.Authority} within {http.Timeout.TotalSeconds:0} s", e);
        }
    }

    private static async Task<T> ParseAsync<T>(string call, HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new ApiException($"{call}: the answer is empty: is this the account's URL?");
        }
        catch (JsonException e)
        {
            throw new ApiException($"{call}: the answer is not what the admin API promises (at {e.Path ?? "its start"}): is this the account's URL?", e);
        }
    }

    private TimeSpan Pause(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => TimeSpan.FromSeconds(1),
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked > LongestPause ? LongestPause : asked;
    }

    private async Task<ApiException> RefusedAsync(string call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var said = "";
        try
        {
            var problem = await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(cancellationToken), SnapshotJsonContext.Default.ApiProblem, cancellationToken);
            said = problem?.Detail is { } detail ? $": {(detail.Length > LongestDetail ? detail[..LongestDetail] : detail.TrimEnd('.'))}" : "";
        }
        catch (JsonException)
        {
            // Not the admin API's own words; the status has to do.
        }

        var advice = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => ". Check --credential-file",
            HttpStatusCode.NotFound => ". Check --url",
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => ". Redirects are not followed, since the credential would go along: check --url",
            _ => "",
        };
        // A server that repeats what it was sent must not bring the credential into a log.
        return new ApiException($"{call}: {baseUrl.Authority} answered {(int)response.StatusCode}{said}{advice}.".Replace(credential, "[credential]", StringComparison.Ordinal));
    }
}

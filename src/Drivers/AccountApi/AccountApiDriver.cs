using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScimOperator.Drivers.Scim;

namespace ScimOperator.Drivers.AccountApi;

/// <summary>The account's admin API: users and SCIM tokens, JSON, bearer credential, cursor paging.</summary>
public sealed class AccountApiDriver(DriverConnection connection) : IAccountDriver
{
    private const int PageSize = 1000;
    private const int MostPages = 10_000;
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private readonly AccountApiClient client = new(new BackendHttp(connection));

    /// <inheritdoc/>
    public async Task<BackendAccount> GetAccountAsync(CancellationToken cancellationToken)
    {
        const string path = "/api/v1/account";
        var account = await client.SendAsync(HttpMethod.Get, path, WireJsonContext.Default.Account, cancellationToken);
        return account.ToBackend(BackendHttp.Name(HttpMethod.Get, path));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BackendUser>> ListUsersAsync(CancellationToken cancellationToken)
    {
        var users = await ListAsync("/api/v1/users", "", WireJsonContext.Default.UserPage, cancellationToken);
        // A page may repeat what an earlier one had when the account changes meanwhile: the later one counts.
        return [.. users.Select(u => u.ToBackend("GET /api/v1/users")).GroupBy(u => u.Id, StringComparer.Ordinal).Select(g => g.Last())];
    }

    /// <inheritdoc/>
    public async Task<BackendUser?> FindUserAsync(string email, CancellationToken cancellationToken)
    {
        var users = await ListAsync("/api/v1/users", $"email={Uri.EscapeDataString(email)}", WireJsonContext.Default.UserPage, cancellationToken);
        return users.Select(u => u.ToBackend("GET /api/v1/users")).FirstOrDefault(u => string.Equals(u.Email, email, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public async Task<BackendUser> CreateUserAsync(NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var body = new Wire.UserBody
        {
            Email = user.Email,
            DisplayName = user.DisplayName,
            UserType = user.State.Type.ToString(),
            Active = user.State.Active,
        };
        var created = await client.SendAsync(
            HttpMethod.Post, "/api/v1/users", Json(body, WireJsonContext.Default.UserBody), null, WireJsonContext.Default.User, cancellationToken);
        return created.ToBackend("POST /api/v1/users");
    }

    /// <inheritdoc/>
    public async Task<BackendUser> UpdateUserAsync(string id, UserPatch patch, string? etag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var path = $"/api/v1/users/{PathSegment.Of(id)}";
        var body = new Wire.UserBody { DisplayName = patch.DisplayName, UserType = patch.UserType?.ToString(), Active = patch.Active };
        var updated = await client.SendAsync(
            HttpMethod.Patch, path, Json(body, WireJsonContext.Default.UserBody), etag, WireJsonContext.Default.User, cancellationToken);
        return updated.ToBackend($"PATCH {path}");
    }

    /// <inheritdoc/>
    public Task<bool> DeleteUserAsync(string id, CancellationToken cancellationToken) =>
        DeleteAsync($"/api/v1/users/{PathSegment.Of(id)}", cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken)
    {
        var filter = ownerId is null ? "" : $"ownerId={Uri.EscapeDataString(ownerId)}";
        var tokens = await ListAsync("/api/v1/scim-tokens", filter, WireJsonContext.Default.TokenPage, cancellationToken);
        return [.. tokens.Select(t => t.ToBackend("GET /api/v1/scim-tokens")).GroupBy(t => t.Id, StringComparer.Ordinal).Select(g => g.Last())];
    }

    /// <inheritdoc/>
    public async Task<BackendToken?> GetTokenAsync(string id, CancellationToken cancellationToken)
    {
        var path = $"/api/v1/scim-tokens/{PathSegment.Of(id)}";
        try
        {
            var token = await client.SendAsync(HttpMethod.Get, path, WireJsonContext.Default.Token, cancellationToken);
            return token.ToBackend($"GET {path}");
        }
        catch (BackendException e) when (e.Error == BackendError.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        const string call = "POST /api/v1/scim-tokens";
        var body = new Wire.TokenBody
        {
            OwnerId = request.OwnerId,
            Description = request.Description,
            Reference = request.Reference,
            ExpiresInSeconds = request.Lifetime is { } life ? (long)life.TotalSeconds : null,
        };
        var minted = await client.SendAsync(
            HttpMethod.Post, "/api/v1/scim-tokens", Json(body, WireJsonContext.Default.TokenBody), null, WireJsonContext.Default.Token, cancellationToken);
        return new MintedToken(
            minted.ToBackend(call),
            string.IsNullOrEmpty(minted.Value) ? throw WireMapping.Missing(call, "value") : minted.Value);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteTokenAsync(string id, CancellationToken cancellationToken) =>
        DeleteAsync($"/api/v1/scim-tokens/{PathSegment.Of(id)}", cancellationToken);

    /// <inheritdoc/>
    public Task<TokenTrial?> TryTokenAsync(Uri scimUrl, string value, CancellationToken cancellationToken) =>
        TokenTrials.RunAsync(connection, scimUrl, value, cancellationToken);

    private async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync(path, cancellationToken);
            return true;
        }
        catch (BackendException e) when (e.Error == BackendError.NotFound)
        {
            return false;
        }
    }

    private async Task<List<T>> ListAsync<T>(string path, string filter, JsonTypeInfo<Wire.Page<T>> json, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        string? cursor = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var next = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var query = filter.Length == 0 ? "" : $"&{filter}";
            var page = await client.SendAsync(HttpMethod.Get, $"{path}?limit={PageSize}{query}{next}", json, cancellationToken);
            all.AddRange(page.Items ?? throw WireMapping.Missing($"GET {path}", "items"));
            if (string.IsNullOrEmpty(page.NextCursor))
            {
                return all;
            }

            cursor = page.NextCursor == cursor ? throw WireMapping.Invalid($"GET {path}", "nextCursor does not advance") : page.NextCursor;
        }

        throw WireMapping.Invalid($"GET {path}", $"the list does not end within {MostPages} pages");
    }

    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = JsonType;
        return content;
    }
}

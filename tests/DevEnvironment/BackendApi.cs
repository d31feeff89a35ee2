using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ScimOperator.ControlPlanes;

namespace ScimOperator.DevEnvironments;

/// <summary>What the account itself says: the truth that tests and the demo compare with.</summary>
public sealed class BackendApi : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly HttpClient client;

    internal BackendApi(Uri url, string credential)
    {
        Url = url;
        client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(10) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential.Trim());
    }

    /// <summary>Where the backend listens.</summary>
    public Uri Url { get; }

    /// <summary>An authenticated client, for requests that have no method here.</summary>
    public HttpClient Client => client;

    /// <summary>All users.</summary>
    public Task<IReadOnlyList<BackendUser>> ListUsersAsync(CancellationToken cancellationToken = default) =>
        ListAsync<BackendUser>("/api/v1/users", cancellationToken);

    /// <summary>All live tokens.</summary>
    public Task<IReadOnlyList<BackendToken>> ListTokensAsync(CancellationToken cancellationToken = default) =>
        ListAsync<BackendToken>("/api/v1/scim-tokens", cancellationToken);

    /// <summary>The user with an email.</summary>
    /// <exception cref="ControlPlaneException">There is none.</exception>
    public async Task<BackendUser> GetUserAsync(string email, CancellationToken cancellationToken = default) =>
        (await ListUsersAsync(cancellationToken)).FirstOrDefault(user => user.Email.Equals(email, StringComparison.OrdinalIgnoreCase))
        ?? throw new ControlPlaneException($"The account at {Url} has no user {email}.");

    /// <summary>Ends the connections.</summary>
    public void Dispose() => client.Dispose();

    private async Task<IReadOnlyList<T>> ListAsync<T>(string path, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<Page<T>>(cursor is null ? path : $"{path}?cursor={Uri.EscapeDataString(cursor)}", Web, cancellationToken);
            all.AddRange(page!.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    private sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
}

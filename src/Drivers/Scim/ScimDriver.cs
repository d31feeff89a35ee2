namespace ScimOperator.Drivers.Scim;

/// <summary>
/// Users on any SCIM 2.0 service provider (RFC 7643, RFC 7644). Such a provider has no API for tokens: none is ever listed, and
/// generating one is <see cref="BackendError.Unsupported"/>.
/// </summary>
public sealed class ScimDriver : IAccountDriver
{
    private const string NoTokens =
        "the service provider has no API for tokens. Generate the token there, put it into a Secret, and set spec.managementPolicy of the ScimToken to Observe";

    private readonly DriverConnection connection;
    private readonly ScimClient client;
    private readonly ScimListing listing;
    private readonly ScimFinder finder;
    private readonly ScimWriter writer;
    private volatile ServiceProvider? provider;

    /// <summary>Makes one.</summary>
    /// <param name="connection">The service provider; its URL is that of the SCIM endpoint.</param>
    /// <param name="types">What kinds of users there are, in the provider's words.</param>
    public ScimDriver(DriverConnection connection, UserTypeMapping types)
    {
        ArgumentNullException.ThrowIfNull(connection);
        this.connection = connection;
        client = new ScimClient(new BackendHttp(connection));
        var users = new ScimUsers(types);
        listing = new ScimListing(client, users);
        finder = new ScimFinder(client, listing);
        writer = new ScimWriter(client, users, finder);
    }

    /// <inheritdoc/>
    public async Task<BackendAccount> GetAccountAsync(CancellationToken cancellationToken)
    {
        var known = provider = await ServiceProvider.ReadAsync(client, cancellationToken);
        var capabilities = known.Capabilities with
        {
            Patch = known.Patch && !writer.IsWithoutPatch,
            Filter = known.Filter && !finder.IsWithoutFilter,
        };
        return new BackendAccount(null, null, connection.Url.AbsoluteUri.TrimEnd('/'), new() { Tokens = false, Scim = capabilities }, null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BackendUser>> ListUsersAsync(CancellationToken cancellationToken)
    {
        var known = await ProviderAsync(cancellationToken);
        return [.. (await listing.ReadAsync(known.Page, cancellationToken)).Select(u => Versioned(u, known))];
    }

    /// <inheritdoc/>
    public async Task<BackendUser?> FindUserAsync(string email, CancellationToken cancellationToken)
    {
        var known = await ProviderAsync(cancellationToken);
        return await finder.FindAsync(email, known, cancellationToken) is { } found ? Versioned(found, known) : null;
    }

    /// <inheritdoc/>
    public async Task<BackendUser> CreateUserAsync(NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await writer.CreateAsync(user, await ProviderAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BackendUser> UpdateUserAsync(string id, UserPatch patch, string? etag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return await writer.UpdateAsync(id, patch, etag, await ProviderAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteUserAsync(string id, CancellationToken cancellationToken) => writer.DeleteAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BackendToken>>([]);

    /// <inheritdoc/>
    public Task<BackendToken?> GetTokenAsync(string id, CancellationToken cancellationToken) => Task.FromResult<BackendToken?>(null);

    /// <inheritdoc/>
    public Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken) =>
        Task.FromException<MintedToken>(new BackendException(BackendError.Unsupported, NoTokens));

    /// <inheritdoc/>
    public Task<bool> DeleteTokenAsync(string id, CancellationToken cancellationToken) =>
        Task.FromException<bool>(new BackendException(BackendError.Unsupported, NoTokens));

    /// <inheritdoc/>
    public Task<TokenTrial?> TryTokenAsync(Uri scimUrl, string value, CancellationToken cancellationToken) =>
        TokenTrials.RunAsync(connection, scimUrl, value, cancellationToken);

    /// <summary>A version that the provider does not check is none.</summary>
    private static BackendUser Versioned(BackendUser user, ServiceProvider known) => known.ETag ? user : user with { ETag = null };

    private async Task<ServiceProvider> ProviderAsync(CancellationToken cancellationToken) =>
        provider ??= await ServiceProvider.ReadAsync(client, cancellationToken);
}

namespace ScimOperator.Drivers;

/// <summary>How the operator talks to one account. Every failure is a <see cref="BackendException"/>.</summary>
public interface IAccountDriver
{
    /// <summary>Reads what the account says of itself.</summary>
    Task<BackendAccount> GetAccountAsync(CancellationToken cancellationToken);

    /// <summary>Reads all users, page by page.</summary>
    Task<IReadOnlyList<BackendUser>> ListUsersAsync(CancellationToken cancellationToken);

    /// <summary>Finds a user by email, without regard to case; null when there is none.</summary>
    Task<BackendUser?> FindUserAsync(string email, CancellationToken cancellationToken);

    /// <summary>Creates a user.</summary>
    Task<BackendUser> CreateUserAsync(NewUser user, CancellationToken cancellationToken);

    /// <summary>Sets fields of a user; refused with <see cref="BackendError.VersionConflict"/> when <paramref name="etag"/> is not current.</summary>
    Task<BackendUser> UpdateUserAsync(string id, UserPatch patch, string? etag, CancellationToken cancellationToken);

    /// <summary>Deletes a user; false when there was none.</summary>
    Task<bool> DeleteUserAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads all tokens, page by page; those of one owner when given.</summary>
    Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken);

    /// <summary>Reads one token; null when there is none.</summary>
    Task<BackendToken?> GetTokenAsync(string id, CancellationToken cancellationToken);

    /// <summary>Generates a token. Refused with <see cref="BackendError.ReferenceConflict"/> when the reference is taken.</summary>
    Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes a token; false when there was none.</summary>
    Task<bool> DeleteTokenAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Tries a token at the SCIM endpoint that identity providers use, with a call that reads nothing of anybody; null when this
    /// driver can't. The account may count it as a use. Fails as unreachable when no verdict can be had.
    /// </summary>
    /// <param name="scimUrl">The SCIM endpoint.</param>
    /// <param name="value">The token's value; it goes nowhere else.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TokenTrial?> TryTokenAsync(Uri scimUrl, string value, CancellationToken cancellationToken) => Task.FromResult<TokenTrial?>(null);
}

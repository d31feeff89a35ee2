using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>A driver that passes everything on; what is overridden is what is broken.</summary>
internal abstract class DelegatingDriver(IAccountDriver inner) : IAccountDriver
{
    public virtual Task<BackendAccount> GetAccountAsync(CancellationToken cancellationToken) => inner.GetAccountAsync(cancellationToken);

    public virtual Task<IReadOnlyList<BackendUser>> ListUsersAsync(CancellationToken cancellationToken) => inner.ListUsersAsync(cancellationToken);

    public virtual Task<BackendUser?> FindUserAsync(string email, CancellationToken cancellationToken) => inner.FindUserAsync(email, cancellationToken);

    public virtual Task<BackendUser> CreateUserAsync(NewUser user, CancellationToken cancellationToken) => inner.CreateUserAsync(user, cancellationToken);

    public virtual Task<BackendUser> UpdateUserAsync(string id, UserPatch patch, string? etag, CancellationToken cancellationToken) =>
        inner.UpdateUserAsync(id, patch, etag, cancellationToken);

    public virtual Task<bool> DeleteUserAsync(string id, CancellationToken cancellationToken) => inner.DeleteUserAsync(id, cancellationToken);

    public virtual Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken) =>
        inner.ListTokensAsync(ownerId, cancellationToken);

    public virtual Task<BackendToken?> GetTokenAsync(string id, CancellationToken cancellationToken) => inner.GetTokenAsync(id, cancellationToken);

    public virtual Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken) => inner.MintTokenAsync(request, cancellationToken);

    public virtual Task<bool> DeleteTokenAsync(string id, CancellationToken cancellationToken) => inner.DeleteTokenAsync(id, cancellationToken);
}

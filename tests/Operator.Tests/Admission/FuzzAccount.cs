using ScimOperator.Crds;
using ScimOperator.Guard;
using ScimOperator.Operator.Accounts;
using ScimOperator.Drivers;

namespace ScimOperator.Operator.Tests.Admission;

/// <summary>An account in which alice is an admin who holds a token, bob an admin without one, and mia a member. It is only read.</summary>
internal sealed class FuzzAccount : IAccountConnector, IAccountDriver
{
    internal const string HolderEmail = "alice@acme.test";

    private static readonly BackendUser[] Users =
    [
        new("usr_1", HolderEmail, null, new UserState(UserType.Admin, true), null),
        new("usr_2", "bob@acme.test", null, new UserState(UserType.Admin, true), null),
        new("usr_3", "mia@acme.test", null, new UserState(UserType.Member, true), null),
    ];

    private static readonly BackendToken Held = new("tok_1", "usr_1", "okta", null, "abcd", DateTimeOffset.UnixEpoch, null, null);

    public Task<AccountConnection> ConnectAsync(Account account, CancellationToken cancellationToken) => Task.FromResult(new AccountConnection("1", this));

    public AccountConnection? LastKnown(Account account) => null;

    public Task<BackendAccount> GetAccountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new BackendAccount("acc_1", "Enterprise", null, new AccountCapabilities(), null));

    public Task<IReadOnlyList<BackendUser>> ListUsersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BackendUser>>(Users);

    public Task<BackendUser?> FindUserAsync(string email, CancellationToken cancellationToken) =>
        Task.FromResult(Array.Find(Users, user => user.Email.Equals(email, StringComparison.OrdinalIgnoreCase)));

    public Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BackendToken>>(ownerId is null or "usr_1" ? [Held] : []);

    public Task<BackendUser> CreateUserAsync(NewUser user, CancellationToken cancellationToken) => throw Written();

    public Task<BackendUser> UpdateUserAsync(string id, UserPatch patch, string? etag, CancellationToken cancellationToken) => throw Written();

    public Task<bool> DeleteUserAsync(string id, CancellationToken cancellationToken) => throw Written();

    public Task<BackendToken?> GetTokenAsync(string id, CancellationToken cancellationToken) => Task.FromResult(id == Held.Id ? Held : null);

    public Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken) => throw Written();

    public Task<bool> DeleteTokenAsync(string id, CancellationToken cancellationToken) => throw Written();

    private static InvalidOperationException Written() => new("Admission has no side effects: it wrote to the account.");
}

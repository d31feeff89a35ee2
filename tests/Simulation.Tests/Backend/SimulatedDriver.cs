using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Simulation.Tests.Engine;

namespace ScimOperator.Simulation.Tests.Backend;

/// <summary>The operator's driver of a simulated account: through the real gate, over a faulty wire.</summary>
internal sealed class SimulatedDriver(SimulatedAccount account, Wire wire, AccountGate gate, FaultPlan faults, EventLog log, string? credentialAdmin, Action<string> omitted) : IAccountDriver
{
    internal const string Actor = "operator";

    public Task<BackendAccount> GetAccountAsync(CancellationToken cancellationToken) => CallAsync(
        "account", false, false,
        _ => new BackendAccount(
            account.Name,
            "Enterprise",
            $"https://{account.Name}.test/scim/v2",
            new AccountCapabilities { OverlappingTokens = true, LastUse = account.ReportsUse, Expiry = true },
            credentialAdmin is null ? null : account.UserByEmail(credentialAdmin)?.Id),
        cancellationToken);

    public Task<IReadOnlyList<BackendUser>> ListUsersAsync(CancellationToken cancellationToken) => CallAsync<IReadOnlyList<BackendUser>>(
        "list users", false, true, fault => Thin([.. account.Users.Select(u => u.ToBackend())], fault), cancellationToken);

    public Task<BackendUser?> FindUserAsync(string email, CancellationToken cancellationToken) => CallAsync(
        $"find {email}", false, false, _ => account.UserByEmail(email)?.ToBackend(), cancellationToken);

    public Task<BackendUser> CreateUserAsync(NewUser user, CancellationToken cancellationToken) => WriteAsync(
        $"create {user.Email}", () => account.CreateUser(user, Actor).ToBackend(), cancellationToken);

    public Task<BackendUser> UpdateUserAsync(string id, UserPatch patch, string? etag, CancellationToken cancellationToken) => WriteAsync(
        $"update {id} {patch}", () => account.UpdateUser(id, patch, etag, Actor).ToBackend(), cancellationToken);

    public Task<bool> DeleteUserAsync(string id, CancellationToken cancellationToken) => WriteAsync(
        $"delete {id}", () => account.DeleteUser(id, Actor), cancellationToken);

    public Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken) => CallAsync<IReadOnlyList<BackendToken>>(
        $"list tokens {ownerId}".TrimEnd(), false, ownerId is null,
        fault =>
        {
            if (ownerId is not null)
            {
                account.NoteListed(ownerId);
            }

            return Thin([.. account.Tokens.Where(t => ownerId is null || t.Listed.OwnerId == ownerId).Select(Seen)], fault);
        },
        cancellationToken);

    public Task<BackendToken?> GetTokenAsync(string id, CancellationToken cancellationToken) => CallAsync(
        $"get {id}", false, false, _ => account.Token(id) is { } token ? Seen(token) : null, cancellationToken);

    public Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken) => WriteAsync(
        $"mint {request.Reference} for {request.OwnerId}",
        () =>
        {
            var token = account.Mint(request, Actor);
            return new MintedToken(Seen(token), token.Value);
        },
        cancellationToken);

    public Task<bool> DeleteTokenAsync(string id, CancellationToken cancellationToken) => WriteAsync(
        $"delete {id}", () => account.DeleteToken(id, Actor), cancellationToken);

    private BackendToken Seen(SimulatedToken token) => account.ReportsUse ? token.Listed : token.Listed with { LastUsedAt = null };

    /// <summary>A page is lost, another one is repeated; the driver drops repetitions.</summary>
    private List<T> Thin<T>(List<T> items, Fault fault)
    {
        if (fault == Fault.StaleList && items.Count > 1)
        {
            var (at, count) = (faults.Random.Next(items.Count - 1), 1 + faults.Random.Next(Math.Min(2, items.Count - 1)));
            items.GetRange(at, count).OfType<BackendToken>().ToList().ForEach(t => omitted(t.Id));
            items.RemoveRange(at, count);
        }

        return items;
    }

    private Task<T> WriteAsync<T>(string name, Func<T> commit, CancellationToken cancellationToken) => CallAsync(
        name, true, false,
        _ =>
        {
            var made = commit();
            log.Add($"{account.Name}: {name} -> {made}");
            return made;
        },
        cancellationToken);

    private async Task<T> CallAsync<T>(string name, bool writes, bool lists, Func<Fault, T> commit, CancellationToken cancellationToken)
    {
        using var permit = await gate.EnterAsync(cancellationToken);
        try
        {
            var answer = await wire.CallAsync($"{account.Name}: {name}", writes, lists, commit, cancellationToken);
            permit.Succeeded();
            return answer;
        }
        catch (BackendException e)
        {
            permit.Failed(e);
            throw;
        }
    }
}

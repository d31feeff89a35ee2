using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Accounts;
using ScimOperator.Cli.Tokens;
using ScimOperator.Crds;
using ScimOperator.Drivers;

namespace ScimOperator.Cli.Listing;

/// <summary>Joins an account's tokens with what the cluster declares. Pure.</summary>
/// <param name="ns">Namespace of the Account.</param>
/// <param name="account">Name of the Account.</param>
/// <param name="users">The AccountUsers of the Account.</param>
/// <param name="tokens">The ScimTokens of the Account.</param>
internal sealed class TokenInventory(string ns, string account, IReadOnlyList<AccountUser> users, IReadOnlyList<ScimToken> tokens)
{
    /// <summary>As the operator last reported.</summary>
    internal IReadOnlyList<TokenRow> FromCluster() => Ordered(
        tokens.SelectMany(token => token.Status?.Tokens is { Count: > 0 } own ? own.Select(status => Row(token, status)) : [Pending(token)])
            .Concat(users.SelectMany(user => (user.Status?.HeldTokens ?? []).Where(held => held.ScimToken is null).Select(held => Row(user, held)))));

    /// <summary>As the account itself says.</summary>
    internal IReadOnlyList<TokenRow> FromAccount(AccountAnswer answer)
    {
        var managers = new TokenManagers(tokens);
        var emails = answer.Users.ToDictionary(u => u.Id, u => u.Email, StringComparer.Ordinal);
        var rows = answer.Tokens.Select(token => Row(token, managers.Of(token), Owner(token.OwnerId, emails))).ToList();
        var seen = rows.Select(r => r.ScimToken).ToHashSet(StringComparer.Ordinal);
        return Ordered(rows.Concat(tokens.Where(t => !seen.Contains(t.Metadata.Name)).Select(t => Pending(t) with { Live = true })));
    }

    private static List<TokenRow> Ordered(IEnumerable<TokenRow> rows) =>
        [.. rows.OrderBy(r => r.ScimToken is null).ThenBy(r => r.ScimToken, StringComparer.Ordinal).ThenBy(r => r.CreatedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    private TokenRow Row(ScimToken token, TokenStatus status) => Of(token) with
    {
        Id = status.Id,
        State = State(token, status),
        Owner = status.Owner ?? status.OwnerId,
        LastFour = status.LastFour,
        CreatedAt = status.MintedAt,
        LastUsedAt = status.LastUsedAt,
        ExpiresAt = status.ExpiresAt,
    };

    private TokenRow Row(AccountUser user, HeldToken held) => new()
    {
        Namespace = ns,
        Account = account,
        State = TokenRow.Unmanaged,
        Id = held.Id,
        Description = held.Description,
        Owner = user.Metadata.Name,
        LastUsedAt = held.LastUsedAt,
    };

    private TokenRow Row(BackendToken token, ScimToken? manager, string owner)
    {
        var status = manager?.Status?.Tokens?.FirstOrDefault(t => t.Id == token.Id);
        var row = manager is null ? new TokenRow { Namespace = ns, Account = account, State = TokenRow.Unmanaged } : Of(manager);
        return row with
        {
            Id = token.Id,
            State = manager is null ? TokenRow.Unmanaged : State(manager, status),
            Description = token.Description ?? row.Description,
            Owner = owner,
            LastFour = token.LastFour,
            CreatedAt = token.CreatedAt,
            LastUsedAt = token.LastUsedAt,
            ExpiresAt = token.ExpiresAt,
            Live = true,
        };
    }

    private TokenRow Pending(ScimToken token) => Of(token) with { Owner = token.Spec.OwnerRef.Name };

    private TokenRow Of(ScimToken token) => new()
    {
        Namespace = ns,
        Account = account,
        State = TokenJudge.Observes(token) ? TokenRow.Observed : TokenRow.Pending,
        Description = token.Spec.Description ?? token.Metadata.Name,
        ScimToken = token.Metadata.Name,
        Secret = token.Spec.Secret.Name,
    };

    private static string State(ScimToken token, TokenStatus? status) =>
        TokenJudge.Observes(token) ? TokenRow.Observed : (status?.State ?? TokenState.Minted).ToString();

    private string Owner(string id, Dictionary<string, string> emails)
    {
        var email = emails.GetValueOrDefault(id);
        var named = users.FirstOrDefault(u => string.Equals(u.Spec.Email, email, StringComparison.OrdinalIgnoreCase) && !u.IsDeleting())
            ?? users.FirstOrDefault(u => string.Equals(u.Spec.Email, email, StringComparison.OrdinalIgnoreCase));
        return named?.Metadata.Name ?? email ?? id;
    }
}

using ScimOperator.Cli.Accounts;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Offboarding;

/// <summary>All that an offboarding is planned by.</summary>
/// <param name="Namespace">The namespace of all objects.</param>
/// <param name="UserName">Name of the AccountUser to be offboarded.</param>
/// <param name="AdminName">Name of the AccountUser who takes over.</param>
/// <param name="Accounts">The Accounts of the namespace.</param>
/// <param name="Users">The AccountUsers of the namespace.</param>
/// <param name="Tokens">The ScimTokens of the namespace.</param>
/// <param name="Live">What the account itself said.</param>
internal sealed record OffboardFacts(
    string Namespace,
    string UserName,
    string AdminName,
    IReadOnlyList<Account> Accounts,
    IReadOnlyList<AccountUser> Users,
    IReadOnlyList<ScimToken> Tokens,
    AccountAnswer Live)
{
    /// <summary>The AccountUser to be offboarded; null when there is none.</summary>
    internal AccountUser? User => Users.FirstOrDefault(u => u.Metadata.Name == UserName);

    /// <summary>The AccountUser who takes over; null when there is none.</summary>
    internal AccountUser? Admin => Users.FirstOrDefault(u => u.Metadata.Name == AdminName);

    /// <summary>The Account of the user; null when there is none.</summary>
    internal Account? Account => User is { } user ? Accounts.FirstOrDefault(a => a.Metadata.Name == user.Spec.AccountRef.Name) : null;

    /// <summary>The ScimTokens of that Account, by name.</summary>
    internal IEnumerable<ScimToken> AccountTokens =>
        Tokens.Where(t => t.Spec.AccountRef.Name == User?.Spec.AccountRef.Name).OrderBy(t => t.Metadata.Name, StringComparer.Ordinal);
}

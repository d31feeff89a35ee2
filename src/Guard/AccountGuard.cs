using System.Globalization;
using ScimOperator.Crds;

namespace ScimOperator.Guard;

/// <summary>The decision about Accounts: one in use is neither deleted nor pointed elsewhere. Pure.</summary>
public static class AccountGuard
{
    private const int Named = 5;

    /// <summary>Judges the deletion of an Account.</summary>
    /// <param name="subject">The Account as messages name it.</param>
    /// <param name="users">Names of the AccountUsers that refer to it.</param>
    /// <param name="tokens">Names of the ScimTokens that refer to it.</param>
    public static GuardDecision DecideDelete(string subject, IReadOnlyList<string> users, IReadOnlyList<string> tokens) =>
        InUse(users, tokens) is { } use
            ? GuardDecision.Deny(GuardCodes.AccountInUse, $"{subject} can't be deleted: {use} refer to it. First delete those; then delete this again.")
            : GuardDecision.Allow;

    /// <summary>Judges a change of the Account's url or driver.</summary>
    public static GuardDecision DecideRepoint(string subject, IReadOnlyList<string> users, IReadOnlyList<string> tokens) =>
        InUse(users, tokens) is { } use
            ? GuardDecision.Deny(
                GuardCodes.AccountInUse,
                $"{subject} can't be pointed at another account (spec.url, spec.driver): {use} refer to it, and their users and tokens live at the old one. Create another Account instead.")
            : GuardDecision.Allow;

    /// <summary>Whether the Account would speak to another account, or in another way: see <see cref="DecideRepoint"/>.</summary>
    public static bool Repoints(AccountSpec before, AccountSpec after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return RepointsUrl(before, after) || (before.Driver ?? AccountDriver.AccountApi) != (after.Driver ?? AccountDriver.AccountApi);
    }

    /// <summary>Whether spec.url names another account; a slash at its end says nothing.</summary>
    public static bool RepointsUrl(AccountSpec before, AccountSpec after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return before.Url.TrimEnd('/') != after.Url.TrimEnd('/');
    }

    private static string? InUse(IReadOnlyList<string> users, IReadOnlyList<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(tokens);
        var parts = new List<string>(2);
        Add("AccountUser", users);
        Add("ScimToken", tokens);
        return parts.Count == 0 ? null : string.Join(" and ", parts);

        void Add(string kind, IReadOnlyList<string> names)
        {
            if (names.Count == 0)
            {
                return;
            }

            var list = string.Join(", ", names.Order(StringComparer.Ordinal).Take(Named)) + (names.Count > Named ? ", ..." : "");
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{names.Count} {kind}{(names.Count == 1 ? "" : "s")} ({list})"));
        }
    }
}

using System.Globalization;

namespace ScimOperator.Guard;

/// <summary>The words of <see cref="UserGuard"/>: what can't be done to whom, why, and the next step.</summary>
internal static class UserMessages
{
    /// <summary>Named in any case.</summary>
    private const int FewestNamed = 10;

    /// <summary>Characters that all names together may take before the rest is only counted: a denial is read in a terminal.</summary>
    private const int NamesLength = 4096;

    internal static string HoldsTokens(UserChange change, IReadOnlyList<HeldToken> tokens)
    {
        var count = tokens.Count == 1 ? "1 SCIM token, and it" : string.Create(CultureInfo.InvariantCulture, $"{tokens.Count} SCIM tokens, and they");
        var named = Fitting([.. tokens.Select(Name)], NamesLength);
        var more = tokens.Count > named.Count
            ? string.Create(CultureInfo.InvariantCulture, $" and {tokens.Count - named.Count} more (see status.heldTokens, and the account's own list)")
            : "";
        return $"{change.Subject} can't be {Act(change)}: {change.Email} holds {count} would stop working: {string.Join(", ", named)}{more}. {NextStep(tokens)}";
    }

    internal static string NotKnown(UserChange change, string gap) =>
        $"{change.Subject} can't be {Act(change)} now: whether {change.Email} holds a SCIM token is not known, because {gap}. Try again once the Account is Ready.";

    internal static string CredentialAdmin(UserChange change) =>
        $"{change.Subject} can't be {Act(change)}: the credential that the Account itself uses belongs to {change.Email}. First put another admin's credential into the Secret named by the Account's spec.credentialsSecretRef; then apply this again.";

    internal static string LastAdmin(UserChange change) =>
        $"{change.Subject} can't be {Act(change)}: {change.Email} is the last active admin of the account. First make another user an active admin; then apply this again.";

    private static string Act(UserChange change) => (change.Before, change.After) switch
    {
        (_, null) => "deleted",
        ({ } before, { } after) when before.Type != after.Type && before.Active != after.Active =>
            $"demoted from {before.Type} to {after.Type} and deactivated",
        ({ } before, { } after) when before.Type != after.Type => $"demoted from {before.Type} to {after.Type}",
        _ => "deactivated",
    };

    private static string Name(HeldToken token)
    {
        var title = $"\"{token.Description ?? token.ScimToken ?? token.Id}\"";
        return token switch
        {
            { ScimToken: { } name, Secret: { } secret } => $"{title} (ScimToken {name}, Secret {secret})",
            { ScimToken: { } name } => $"{title} (ScimToken {name})",
            _ => $"{title} (token {token.Id}, made outside this cluster)",
        };
    }

    private static string NextStep(IReadOnlyList<HeldToken> tokens)
    {
        var managed = tokens.Where(t => t is { ScimToken: not null, Observed: false }).Select(t => t.ScimToken!).Distinct(StringComparer.Ordinal).ToList();
        var foreign = tokens.Count(t => t.ScimToken is null);
        var observed = tokens.Where(t => t is { ScimToken: not null, Observed: true }).Select(t => $"{t.ScimToken} (Secret {t.Secret})").Distinct(StringComparer.Ordinal).ToList();
        var steps = new List<string>(3);
        if (managed.Count > 0)
        {
            steps.Add($"set spec.ownerRef of ScimToken {Listed(managed)} to another active admin and wait for Ready");
        }

        if (observed.Count > 0)
        {
            steps.Add($"have another active admin generate a token in place of the one that ScimToken {Listed(observed)} only observes, put it into the Secret, and set spec.ownerRef to that admin");
        }

        if (foreign > 0)
        {
            steps.Add("replace what was made outside this cluster with a token that another admin generates, give that to the identity provider, and delete the old one at the account");
        }

        return $"First {string.Join("; also ", steps)}; then apply this again.";
    }

    private static string Listed(List<string> names)
    {
        var fitting = Fitting(names, NamesLength / 2);
        return string.Join(", ", fitting) + (names.Count > fitting.Count ? ", ..." : "");
    }

    /// <summary>The first of some names, as many as may be written out.</summary>
    private static List<string> Fitting(List<string> names, int most)
    {
        var length = 0;
        return [.. names.TakeWhile((name, index) => (length += name.Length + 2) <= most || index < FewestNamed)];
    }
}

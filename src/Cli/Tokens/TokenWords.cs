using System.Globalization;
using ScimOperator.ApiMachinery;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Tokens;

/// <summary>What people are told of a ScimToken's tokens. Never a value: ids and last four characters, which status shows.</summary>
internal static class TokenWords
{
    /// <summary>The default of spec.rotation.overlap.</summary>
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(1);

    /// <summary>One token: id, last four characters, state and owner.</summary>
    internal static string Describe(TokenStatus token) =>
        $"{Name(token)} {token.State}{(token.Owner is { } owner ? $", issued to {owner}" : "")}";

    /// <summary>All tokens, oldest first: what is retired comes before what replaces it.</summary>
    internal static string Describe(IReadOnlyList<TokenStatus> tokens) =>
        tokens.Count == 0 ? "no token yet" : $"token {string.Join("; token ", tokens.OrderBy(t => t.Ordinal ?? 0).Select(Describe))}";

    internal static string Name(TokenStatus token) => token.LastFour is { Length: > 0 } four ? $"{token.Id} (...{four})" : token.Id;

    /// <summary>What the cut-over waits for, and until when if that is known; empty when it does not wait.</summary>
    internal static string Cutover(ScimToken token)
    {
        if (token.Status?.Conditions.Current(ConditionTypes.CutoverPending, token.Metadata.Generation) is not { Status: ConditionStatus.True } pending)
        {
            return "";
        }

        var published = token.Status?.Tokens?.FirstOrDefault(t => t.State is TokenState.Published or TokenState.InUse)?.PublishedAt;
        var until = pending.Reason == Reasons.WaitingForOverlap && published is { } at
            ? string.Create(CultureInfo.InvariantCulture, $" That is at {at + GoDuration.ParseOr(token.Spec.Rotation?.Overlap, DefaultOverlap):yyyy-MM-dd HH:mm:ss} UTC.")
            : "";
        return $"{pending.Message}{until}";
    }
}

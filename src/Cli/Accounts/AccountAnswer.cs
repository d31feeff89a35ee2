using ScimOperator.Drivers;

namespace ScimOperator.Cli.Accounts;

/// <summary>What an account itself said just now, or why it was not asked.</summary>
/// <param name="Self">What it says of itself; null when it was not asked.</param>
/// <param name="Users">Its users.</param>
/// <param name="Tokens">Its live tokens, never their values.</param>
/// <param name="Gap">Why it was not asked, for people; null when it was.</param>
internal sealed record AccountAnswer(BackendAccount? Self, IReadOnlyList<BackendUser> Users, IReadOnlyList<BackendToken> Tokens, string? Gap)
{
    internal static AccountAnswer NotAsked(string why) => new(null, [], [], why);
}

using ScimOperator.Cli.Snapshots;

namespace ScimOperator.Cli.Checks;

/// <summary>What is known of an account itself.</summary>
/// <param name="Snapshot">A snapshot that is fresh enough; null when there is none.</param>
/// <param name="Gap">Why the account's own state is not known; null when it is.</param>
/// <param name="Advice">How to close the gap.</param>
/// <param name="MayBeWaived">Whether the gap is only that nobody gave a snapshot.</param>
internal sealed record AccountKnowledge(AccountSnapshot? Snapshot, string? Gap, string Advice, bool MayBeWaived)
{
    /// <summary>The user with this email, without regard to case.</summary>
    internal SnapshotUser? User(string email) => Snapshot?.Users!.FirstOrDefault(u => string.Equals(u.Email, email, StringComparison.OrdinalIgnoreCase));
}

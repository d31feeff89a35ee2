using ScimOperator.Cli.Snapshots;

namespace ScimOperator.Cli.Checks;

/// <summary>What is known of an account itself.</summary>
/// <param name="snapshot">A snapshot that is fresh enough; null when there is none.</param>
/// <param name="gap">Why the account's own state is not known; null when it is.</param>
/// <param name="advice">How to close the gap.</param>
/// <param name="mayBeWaived">Whether the gap is only that nobody gave a snapshot.</param>
internal sealed class AccountKnowledge(AccountSnapshot? snapshot, string? gap, string advice, bool mayBeWaived)
{
    private readonly ILookup<string, SnapshotUser> users = (snapshot?.Users ?? []).ToLookup(u => u.Email, StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, SnapshotToken> tokens = (snapshot?.Tokens ?? []).ToLookup(t => t.OwnerId, StringComparer.Ordinal);

    /// <summary>A snapshot that is fresh enough; null when there is none.</summary>
    internal AccountSnapshot? Snapshot => snapshot;

    /// <summary>Why the account's own state is not known; null when it is.</summary>
    internal string? Gap => gap;

    /// <summary>How to close the gap.</summary>
    internal string Advice => advice;

    /// <summary>Whether the gap is only that nobody gave a snapshot.</summary>
    internal bool MayBeWaived => mayBeWaived;

    /// <summary>The user with this email, without regard to case.</summary>
    internal SnapshotUser? User(string email) => users[email].FirstOrDefault();

    /// <summary>The tokens issued to a user, expired ones too.</summary>
    internal IEnumerable<SnapshotToken> TokensOf(SnapshotUser user) => tokens[user.Id];
}

using System.Globalization;
using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Manifests;
using ScimOperator.Cli.Snapshots;
using ScimOperator.Crds;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Checks;

/// <summary>Both sides and what is known of the accounts: everything the judges look at.</summary>
internal sealed class ChangeSet(ManifestSet before, ManifestSet after, IReadOnlyList<AccountSnapshot> snapshots, CheckOptions options, DateTimeOffset now)
{
    private readonly PersonIndex basePeople = new(before.Users.Values);
    private readonly PersonIndex headPeople = new(after.Users.Values);
    private readonly Dictionary<ManifestKey, AccountKnowledge> knowledge = [];
    private const string TakeSnapshot = "Write a fresh snapshot with `kubectl scim snapshot` and pass it with --snapshot.";

    /// <summary>What is there now.</summary>
    internal ManifestSet Base => before;

    /// <summary>What would be there.</summary>
    internal ManifestSet Head => after;

    /// <summary>How strict to be.</summary>
    internal CheckOptions Options => options;

    /// <summary>When this is judged.</summary>
    internal DateTimeOffset Now => now;

    /// <summary>The Account that a user belongs to.</summary>
    internal static ManifestKey AccountOf(Manifest<AccountUser> user) => user.Key with { Name = user.Object.Spec.AccountRef.Name };

    /// <summary>The Account that a token is for.</summary>
    internal static ManifestKey AccountOf(Manifest<ScimToken> token) => token.Key with { Name = token.Object.Spec.AccountRef.Name };

    /// <summary>The AccountUser that a token names as owner.</summary>
    internal static ManifestKey OwnerOf(Manifest<ScimToken> token) => token.Key with { Name = token.Object.Spec.OwnerRef.Name };

    /// <summary>The AccountUser of the base that means the same person; null when there is none.</summary>
    internal Manifest<AccountUser>? InBase(Manifest<AccountUser> user) => basePeople.Find(AccountOf(user), user.Object.Spec.Email);

    /// <summary>What is known of an account.</summary>
    internal AccountKnowledge Know(ManifestKey account) =>
        knowledge.TryGetValue(account, out var known) ? known : knowledge[account] = FindOut(account);

    /// <summary>What the person is, or is left as, at the account once the change set is applied; null when it does not say.</summary>
    internal UserState? Left(ManifestKey account, string email)
    {
        if (headPeople.Find(account, email) is { } declared)
        {
            return UserState.Declared(declared.Object.Spec);
        }

        // A user that is deleted is left as one who can't act either.
        return basePeople.Find(account, email) is { } removed && UserChange.ByDeletion(removed.Subject, removed.Object.Spec) is not null
            ? UserState.Declared(removed.Object.Spec) with { Active = false }
            : null;
    }

    /// <summary>The objects that differ, and how.</summary>
    internal IReadOnlyList<ObjectChange> Changes() =>
        [.. Changes(before.Accounts, after.Accounts), .. Changes(before.Users, after.Users), .. Changes(before.Tokens, after.Tokens)];

    private AccountKnowledge FindOut(ManifestKey account)
    {
        var snapshot = snapshots.FirstOrDefault(s => s.Account == account.Name && (s.Namespace is null || s.Namespace == account.Namespace));
        var age = now - snapshot?.TakenAt;
        var fresh = age <= options.MaxSnapshotAge ? snapshot : null;
        if (before.Problems.Count > 0)
        {
            return new AccountKnowledge(fresh, $"the base can't be read completely ({before.Problems[0].At})", "Repair the base first, in a pull request of its own.", false);
        }

        return age switch
        {
            null => new AccountKnowledge(null, $"no snapshot of Account {account} was given", TakeSnapshot, !options.RequireSnapshot),
            { } old when fresh is null =>
                new AccountKnowledge(null, $"the snapshot of Account {account} is {Hours(old)} old, more than the {Hours(options.MaxSnapshotAge)} that --max-snapshot-age allows", TakeSnapshot, false),
            _ => new AccountKnowledge(fresh, null, "", false),
        };
    }

    private static IEnumerable<ObjectChange> Changes<T>(SortedDictionary<ManifestKey, Manifest<T>> before, SortedDictionary<ManifestKey, Manifest<T>> after)
        where T : class, IKubernetesObject
    {
        foreach (var key in before.Keys.Union(after.Keys).Order())
        {
            var was = before.GetValueOrDefault(key);
            if (after.GetValueOrDefault(key) is not { } now)
            {
                yield return new ObjectChange(was!.Subject, "removed", new Place(Side.Base, was.Document.At));
            }
            else if (was is null || !was.Document.SameAs(now.Document))
            {
                yield return new ObjectChange(now.Subject, was is null ? "created" : "updated", new Place(Side.Head, now.Document.At));
            }
        }
    }

    private static string Hours(TimeSpan time) => time < TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h");
}

using System.Globalization;
using ScimOperator.Cli.Manifests;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Checks;

/// <summary>Collects the changes that manifests alone allow and the account was not asked about: one notice per account, not one per user.</summary>
internal sealed class UnseenChanges(ICollection<Finding> findings)
{
    private const int Named = 5;
    private readonly SortedDictionary<ManifestKey, List<(string Name, Place Place)>> users = [];

    internal void Add(Manifest<AccountUser> user, Place place)
    {
        var account = ChangeSet.AccountOf(user);
        if (!users.TryGetValue(account, out var list))
        {
            users[account] = list = [];
        }

        list.Add((user.Key.Name, place));
    }

    internal void Report()
    {
        foreach (var (account, list) in users)
        {
            var names = string.Join(", ", list.Take(Named).Select(u => u.Name))
                + (list.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {list.Count - Named} more") : "");
            findings.Add(new Finding(
                FindingLevel.Notice,
                FindingCodes.NotCheckedAgainstAccount,
                $"Account {account}",
                $"AccountUser {names}: not checked against the account, which may know of SCIM tokens made outside Git, or of no other admin: give --snapshot.",
                list[0].Place));
        }
    }
}

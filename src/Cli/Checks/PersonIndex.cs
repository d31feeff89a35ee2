using ScimOperator.Cli.Manifests;
using ScimOperator.Crds;

namespace ScimOperator.Cli.Checks;

/// <summary>Finds the AccountUser that means a person: by Account, and by email without regard to case.</summary>
internal sealed class PersonIndex(IEnumerable<Manifest<AccountUser>> users)
{
    private readonly ILookup<(ManifestKey Account, string Email), Manifest<AccountUser>> people = users.ToLookup(u => Person(ChangeSet.AccountOf(u), u.Object.Spec.Email));

    /// <summary>Two AccountUsers with one of these mean one person.</summary>
    internal static (ManifestKey Account, string Email) Person(ManifestKey account, string email) => (account, email.ToUpperInvariant());

    /// <summary>The first by name; null when there is none.</summary>
    internal Manifest<AccountUser>? Find(ManifestKey account, string email) => people[Person(account, email)].FirstOrDefault();
}

using CsCheck;
using ScimOperator.Cli.Imports;
using ScimOperator.Crds;
using ScimOperator.Drivers;
using ScimOperator.Guard;

namespace ScimOperator.Cli.Tests;

public sealed class ImportTests
{
    private static readonly DateTimeOffset Made = CliRun.Now;

    [Fact]
    public void Declares_just_what_is_there_sorted_and_named_after_it()
    {
        var manifests = Import(
            [User("3", "zoe@acme.test", UserType.Guest, active: false), User("1", "Alice@acme.test", UserType.Admin, title: "Alice A."), User("2", "alice@other.test", UserType.Member), User("4", "not-an-email", UserType.Member)],
            [Token("t1", "1", "Okta prod"), Token("t2", "1", "okta", "uid-1/2"), Token("t3", "4", "lost")]);
        Assert.Equal(
            """
            ---
            apiVersion: scim-operator.io/v1alpha1
            kind: Account
            metadata:
              name: acme
              namespace: team
            spec:
              url: "https://acme.test"
              credentialsSecretRef:
                name: acme-credential
                key: credential
              managementPolicy: Observe
            ---
            apiVersion: scim-operator.io/v1alpha1
            kind: AccountUser
            metadata:
              name: alice
              namespace: team
            spec:
              accountRef:
                name: acme
              email: Alice@acme.test
              displayName: "Alice A."
              userType: Admin
            ---
            apiVersion: scim-operator.io/v1alpha1
            kind: AccountUser
            metadata:
              name: alice-at-other.test
              namespace: team
            spec:
              accountRef:
                name: acme
              email: alice@other.test
              userType: Member
            ---
            apiVersion: scim-operator.io/v1alpha1
            kind: AccountUser
            metadata:
              name: zoe
              namespace: team
            spec:
              accountRef:
                name: acme
              email: zoe@acme.test
              userType: Guest
              active: false
            ---
            apiVersion: scim-operator.io/v1alpha1
            kind: ScimToken
            metadata:
              name: okta-prod-628b49d9
              namespace: team
            spec:
              accountRef:
                name: acme
              ownerRef:
                name: alice
              description: "Okta prod"
              managementPolicy: Observe
              secret:
                name: okta-prod-628b49d9-scim

            """,
            manifests.Write());
        Assert.Equal(3, manifests.LeftOut.Count);
        Assert.Contains("User 4 has no email that an AccountUser can name", manifests.LeftOut[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_account_in_any_order_gives_the_same_manifests_with_names_that_Kubernetes_takes() =>
        Gen.Select(Gen.String[Gen.Char["abAB.+_-é1"], 1, 70].Array[1, 30], Gen.Int).Sample(
            (locals, seed) =>
            {
                var users = locals.Distinct(StringComparer.OrdinalIgnoreCase).Select((local, n) => User($"{n}", $"{local}@acme.test", UserType.Member)).ToArray();
                var before = Import(users, []);
                new Random(seed).Shuffle(users);
                Assert.Equal(before.Write(), Import(users, []).Write());
                var names = before.Write().Split('\n').Where(line => line.StartsWith("  name: ", StringComparison.Ordinal)).Select(line => line["  name: ".Length..].Trim('"', '\'')).Skip(1).ToList();
                Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
                Assert.Equal(before.UserCount, names.Count);
                Assert.All(names, name => Assert.Matches("^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$", name));
            },
            seed: "0N0XIzNsQ0O2",
            iter: 300);

    private static ImportedManifests Import(IReadOnlyList<BackendUser> users, IReadOnlyList<BackendToken> tokens) => new(
        new LiveAccount(new BackendAccount("acc_1", "Enterprise", null, new AccountCapabilities(), null), users, tokens),
        new ImportAim("team", "acme", new AccountSpec
        {
            Url = "https://acme.test",
            CredentialsSecretRef = new SecretKeyReference { Name = "acme-credential", Key = "credential" },
            ManagementPolicy = ManagementPolicy.Observe,
        }));

    private static BackendUser User(string id, string email, UserType type, bool active = true, string? title = null) => new(id, email, title, new UserState(type, active), null);

    private static BackendToken Token(string id, string owner, string description, string? reference = null) => new(id, owner, description, reference, "abcd", Made, null, null);
}

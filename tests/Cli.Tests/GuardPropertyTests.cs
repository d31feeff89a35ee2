using CsCheck;

namespace ScimOperator.Cli.Tests;

/// <summary>What a change set may do, said without the check's own code: nobody whom the base names as a token's owner ceases to be an active admin.</summary>
public sealed class GuardPropertyTests
{
    private static readonly string[] Names = ["alice", "bob", "carol"];
    private static readonly string[] Policies = ["Retain", "Deactivate", "Delete"];
    private static readonly Gen<Person?> People = Gen.Select(Gen.Bool, Gen.Bool.Select(b => b ? "Admin" : "Member"), Gen.Bool, Gen.Int[0, 2].Select(i => Policies[i]))
        .Select((there, type, active, policy) => there ? new Person(type, active, policy) : null);

    private static readonly Gen<string?[]> Owners = Gen.Int[0, 3].Select(i => i < Names.Length ? Names[i] : null).Array[2];
    private static readonly Gen<World> Worlds = Gen.Select(People.Array[3], Owners).Select((people, owners) => new World(people, owners));

    [Fact]
    public async Task An_allowed_change_set_leaves_every_declared_holder_an_active_admin()
    {
        var allowed = 0;
        var denied = 0;
        using var folder = new TemporaryFolder();
        await Gen.Select(Worlds, Worlds).SampleAsync(
            async (before, after) =>
            {
                folder.Write("base/x.yaml", before.Manifests());
                folder.Write("head/x.yaml", after.Manifests());
                var run = await CliRun.InAsync(folder.Path, "", "check", "--base", "base", "--head", "head");
                Assert.InRange(run.ExitCode, 0, 1);
                _ = run.ExitCode == 0 ? allowed++ : denied++;
                Assert.False(run.ExitCode == 0 && Breaks(before, after), run.Output);
            },
            iter: 150,
            threads: 1);
        Assert.True(allowed > 0 && denied > 0, $"{allowed} allowed, {denied} denied");
    }

    private static bool Breaks(World before, World after)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            var holds = before.Owners.Contains(Names[i]);
            var left = after.People[i] ?? (before.People[i]?.Policy == "Retain" ? before.People[i] : null);
            if (holds && before.People[i] is { Type: "Admin", Active: true } && left is not { Type: "Admin", Active: true })
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Person(string Type, bool Active, string Policy);

    private sealed record World(Person?[] People, string?[] Owners)
    {
        internal string Manifests()
        {
            var users = People.Select((p, i) => p is null ? null : Document("AccountUser", Names[i], $"email: {Names[i]}@example.com, userType: {p.Type}, active: {(p.Active ? "true" : "false")}, deletionPolicy: {p.Policy}"));
            var tokens = Owners.Select((o, i) => o is null ? null : Document("ScimToken", $"token-{i}", $"ownerRef: {{name: {o}}}, secret: {{name: secret-{i}}}"));
            return string.Concat(users.Concat(tokens).OfType<string>());
        }

        private static string Document(string kind, string name, string spec) =>
            $"---\napiVersion: scim-operator.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{accountRef: {{name: acme}}, {spec}}}\n";
    }
}

using System.Text.Json.Nodes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>kubectl scim tokens on the real API server, with the operator and the account running.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class CliTokensTests(SharedOperatorFixture fixture)
{
    private readonly Kube kube = fixture.Kube;

    [SkippableFact]
    public async Task A_person_who_may_not_read_the_credential_sees_what_the_cluster_knows_and_is_told_so()
    {
        await using var backend = await BackendProcess.StartAsync();
        var (tenant, foreign) = await OneUnmanagedAsync(backend);
        var viewer = await CliUser.CreateAsync(tenant, CliUser.Viewer);

        var run = await viewer.RunAsync(0, "tokens", "-o", "json");
        Assert.Contains($"Account {tenant.Namespace}/acme was not asked itself", run.Error, StringComparison.Ordinal);
        Assert.Contains($"verb \"get\" on Secret {tenant.Namespace}/{Tenant.CredentialSecret}", run.Error, StringComparison.Ordinal);
        var tokens = JsonNode.Parse(run.Output)!["tokens"]!.AsArray();
        Assert.Equal(["okta", null], tokens.Select(t => t!["scimToken"]?.GetValue<string>()));
        var unmanaged = tokens[1]!;
        Assert.Equal((foreign, "made by hand", "bob", "Unmanaged", "cluster"), Facts(unmanaged));
        Assert.Equal("okta-scim", tokens[0]!["secret"]!.GetValue<string>());
        Assert.Equal("Published", tokens[0]!["state"]!.GetValue<string>());

        // Whoever asks for no more than that is told nothing.
        Assert.Equal("", (await viewer.RunAsync(0, "tokens", "--from-cluster")).Error);
    }

    [SkippableFact]
    public async Task A_person_who_may_read_the_credential_sees_what_the_account_says_also_of_users_that_nobody_declares()
    {
        await using var backend = await BackendProcess.StartAsync("--admin", Tenant.Email("erin"));
        var (tenant, foreign) = await OneUnmanagedAsync(backend);
        var other = await backend.MintAsync("erin", "of a person without a manifest");
        var person = await CliUser.CreateAsync(tenant, CliUser.Viewer, readsCredential: true);

        var run = await person.RunAsync(0, "tokens", "--account", "acme", "-o", "json");
        Assert.Equal("", run.Error);
        var tokens = JsonNode.Parse(run.Output)!["tokens"]!.AsArray();
        Assert.Equal(3, tokens.Count);
        Assert.Equal((foreign, "made by hand", "bob", "Unmanaged", "account"), Facts(tokens.Single(t => t!["id"]?.GetValue<string>() == foreign)!));
        Assert.Equal((other, "of a person without a manifest", "erin@acme.test", "Unmanaged", "account"), Facts(tokens.Single(t => t!["id"]?.GetValue<string>() == other)!));
        Assert.NotNull(tokens[1]!["createdAt"]);
    }

    [SkippableFact]
    public async Task The_table_names_and_manifest_formats_are_those_of_kubectl()
    {
        await using var backend = await BackendProcess.StartAsync();
        var (tenant, _) = await OneUnmanagedAsync(backend);
        var person = await CliUser.CreateAsync(tenant, CliUser.Viewer, readsCredential: true);

        var table = (await person.RunAsync(0, "tokens")).Output.Split('\n');
        Assert.Equal(["ACCOUNT", "DESCRIPTION", "OWNER", "STATE", "AGE", "LAST USE", "EXPIRES", "SCIMTOKEN", "SECRET"], table[0].Split("   ", StringSplitOptions.RemoveEmptyEntries).Select(c => c.Trim()));
        Assert.Contains("okta-scim", table[1], StringComparison.Ordinal);
        Assert.Contains("Unmanaged", table[2], StringComparison.Ordinal);
        Assert.Equal("scimtoken.scim-operator.io/okta\n", (await person.RunAsync(0, "tokens", "-o", "name")).Output);
        Assert.Contains("ENDS IN", (await person.RunAsync(0, "tokens", "-o", "wide")).Output, StringComparison.Ordinal);
        Assert.Contains("\n- namespace: ", (await person.RunAsync(0, "tokens", "-o", "yaml")).Output, StringComparison.Ordinal);
        var value = await tenant.TokenValueAsync("okta-scim");
        Assert.DoesNotContain(value, (await person.RunAsync(0, "tokens", "-o", "json")).Output, StringComparison.Ordinal);
        Assert.Contains("RBAC needed: verb \"list\"", (await person.RunAsync(2, "tokens", "-A")).Error, StringComparison.Ordinal);
        Assert.Contains("There is no Account", (await person.RunAsync(2, "tokens", "--account", "nope")).Error, StringComparison.Ordinal);
    }

    private static (string, string, string, string, string) Facts(JsonNode token) => (
        token["id"]!.GetValue<string>(), token["description"]!.GetValue<string>(), token["owner"]!.GetValue<string>(), token["state"]!.GetValue<string>(), token["source"]!.GetValue<string>());

    private async Task<(Tenant Tenant, string Foreign)> OneUnmanagedAsync(BackendProcess backend)
    {
        var foreign = await backend.MintAsync("bob", "made by hand");
        var tenant = await Tenant.ReadyAsync(kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        await Eventually.HoldsAsync(
            async () => (await tenant.GetAsync(Tenant.Users, "bob"))["status"]?["heldTokenCount"]?.GetValue<int>() == 1 ? null : "not reported", "the token is reported");
        return (tenant, foreign);
    }
}

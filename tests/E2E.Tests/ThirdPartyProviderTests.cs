using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.DevEnvironments;
using ScimOperator.ThirdParty;

namespace ScimOperator.E2E.Tests;

/// <summary>The published operator on a service provider that nobody here wrote: what compiles ahead of time must read and write its JSON too.</summary>
public sealed class ThirdPartyProviderTests
{
    [SkippableFact]
    public async Task The_published_operator_adopts_creates_and_changes_users()
    {
        await using var scimmy = await ScimmyProcess.StartAsync(RepositoryLayout.Find().Root);
        var folder = Directory.CreateTempSubdirectory("scim-e2e-");
        try
        {
            await using var environment = await DevEnvironment.StartAsync(new DevEnvironmentOptions { WorkDirectory = folder.FullName });
            await CreateBobAsync(scimmy);
            await ApplyAsync(environment, folder.FullName, Manifests(scimmy));
            await environment.WaitUntilReadyAsync("accountusers", "default", "ann");
            await environment.WaitUntilReadyAsync("accountusers", "default", "bob");
            await environment.WaitUntilReadyAsync("scimtokens", "default", "okta");

            var users = JsonNode.Parse(await scimmy.Http.GetStringAsync("Users?count=100"))!["Resources"]!.AsArray().ToDictionary(u => u!["userName"]!.GetValue<string>(), u => u!);
            Assert.Equal(["Bob@acme.test", "ann@acme.test"], users.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(("""[{"value":"administrator"}]""", true), (users["ann@acme.test"]["roles"]!.ToJsonString(), users["ann@acme.test"]["active"]!.GetValue<bool>()));
            Assert.Equal(("""[{"value":"auditor"}]""", false), (users["Bob@acme.test"]["roles"]!.ToJsonString(), users["Bob@acme.test"]["active"]!.GetValue<bool>()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CreateBobAsync(ScimmyProcess scimmy)
    {
        const string Bob = """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Bob@acme.test","active":true,"roles":[{"value":"auditor"},{"value":"administrator"}]}""";
        using var content = new StringContent(Bob, Encoding.UTF8, "application/scim+json");
        using var created = await scimmy.Http.PostAsync("Users", content);
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
    }

    private static async Task ApplyAsync(DevEnvironment environment, string folder, string manifests)
    {
        var file = Path.Combine(folder, "manifests.yaml");
        await File.WriteAllTextAsync(file, manifests);
        await environment.Kubectl.TypeSuccessfullyAsync(["--namespace", "default", "apply", "-f", file]);
    }

    private static string Manifests(ScimmyProcess scimmy) => $$"""
        apiVersion: v1
        kind: Secret
        metadata: {name: provider}
        stringData: {token: {{scimmy.Token}}}
        ---
        apiVersion: scim-operator.io/v1alpha1
        kind: Account
        metadata: {name: acme}
        spec:
          driver: Scim
          url: {{scimmy.Url}}
          credentialsSecretRef: {name: provider, key: token}
          scim:
            userType:
              attribute: roles
              values: {admin: administrator}
        ---
        apiVersion: scim-operator.io/v1alpha1
        kind: AccountUser
        metadata: {name: ann}
        spec: {accountRef: {name: acme}, email: ann@acme.test, userType: Admin}
        ---
        apiVersion: scim-operator.io/v1alpha1
        kind: AccountUser
        metadata: {name: bob}
        spec: {accountRef: {name: acme}, email: bob@acme.test, userType: Member, active: false}
        ---
        apiVersion: scim-operator.io/v1alpha1
        kind: ScimToken
        metadata: {name: okta}
        spec:
          managementPolicy: Observe
          accountRef: {name: acme}
          ownerRef: {name: ann}
          secret: {name: provider}
        """;
}

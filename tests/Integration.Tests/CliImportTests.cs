using System.Globalization;
using System.Text;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>An account that was there before the operator is written down, applied, and left as it was.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class CliImportTests(SharedOperatorFixture fixture)
{
    private const int Count = 60;

    [SkippableFact]
    public async Task Applying_what_import_wrote_changes_nothing_at_the_account_and_importing_again_writes_the_same()
    {
        await using var backend = await BackendProcess.StartAsync();
        foreach (var n in Enumerable.Range(0, Count))
        {
            var type = new[] { "Admin", "Member", "Viewer", "Guest" }[n % 4];
            var json = string.Create(CultureInfo.InvariantCulture, $$"""{"email":"Person+{{n}}@acme.test","userType":"{{type}}","active":{{(n % 3 == 0 ? "false" : "true")}},"displayName":"Person: {{n}}"}""");
            (await backend.PostAsync("/api/v1/users", json)).Succeeded();
        }

        await backend.MintAsync("alice", "okta prod");
        await backend.MintAsync("bob", "entra");
        var changes = await ChangesAsync(backend);
        var tenant = await Tenant.CreateAsync(fixture.Kube);
        var folder = Directory.CreateDirectory(Path.Combine(fixture.Kube.Plane.WorkDirectory, Guid.NewGuid().ToString("N"))).FullName;
        var credential = Path.Combine(folder, "credential");
        await File.WriteAllTextAsync(credential, backend.Credential);
        string[] import = ["import", "--url", backend.Url.AbsoluteUri.TrimEnd('/'), "--credential-file", credential, "--account", $"{tenant.Namespace}/acme", "--manage", "-o"];
        await ImportAsync([.. import, Path.Combine(folder, "first.yaml")]);
        var manifests = await File.ReadAllTextAsync(Path.Combine(folder, "first.yaml"));
        Assert.DoesNotContain(backend.Credential, manifests, StringComparison.Ordinal);

        var value = Convert.ToBase64String(Encoding.UTF8.GetBytes(backend.Credential));
        (await fixture.Kube.PostAsync(Kube.Core(tenant.Namespace, "secrets"), $$$"""{"metadata":{"name":"acme-credential"},"data":{"credential":"{{{value}}}"}}""")).Succeeded();
        await fixture.Kube.KubectlAsync("apply --validate=false -f -", manifests);
        await tenant.WaitReadyAsync(Tenant.Accounts, "acme");
        var users = await fixture.Kube.ListAsync(tenant.Path(Tenant.Users));
        Assert.Equal(Count + 2, users.Count);
        foreach (var user in users)
        {
            await tenant.WaitReadyAsync(Tenant.Users, user["metadata"]!["name"]!.GetValue<string>());
        }

        await tenant.WaitReasonAsync(Tenant.Tokens, "entra", "SecretNotFound");
        Assert.Equal(changes, await ChangesAsync(backend));
        await ImportAsync([.. import, Path.Combine(folder, "second.yaml")]);
        Assert.Equal(manifests, await File.ReadAllTextAsync(Path.Combine(folder, "second.yaml")));
    }

    private static async Task ImportAsync(string[] arguments)
    {
        using var run = new CliRun(arguments);
        await run.EndsAsync(0);
    }

    private static async Task<int> ChangesAsync(BackendProcess backend) =>
        (await backend.GetAsync("/api/v1/audit-events?limit=1000")).Succeeded().Body["items"]!.AsArray().Count;
}

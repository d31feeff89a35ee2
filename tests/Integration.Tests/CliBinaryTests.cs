using System.Text.Json.Nodes;
using ScimOperator.ControlPlanes.Processes;
using ScimOperator.Integration.Tests.Harness;

namespace ScimOperator.Integration.Tests;

/// <summary>The published kubectl-scim (make build), compiled ahead of time, as a process.</summary>
[Collection(SharedOperatorCollection.Name)]
public sealed class CliBinaryTests(SharedOperatorFixture fixture)
{
    private static readonly string Binary = Path.Combine(Repository.Root, "artifacts/bin/kubectl-scim");

    [SkippableFact]
    public async Task It_lists_plans_and_waits_and_ends_at_Ctrl_C_with_what_is_pending()
    {
        Skip.IfNot(File.Exists(Binary), $"There is no {Binary}: make build.");
        await using var backend = await BackendProcess.StartAsync();
        var tenant = await Tenant.ReadyAsync(fixture.Kube, backend);
        (await tenant.CreateTokenAsync("okta", "alice")).Succeeded();
        await tenant.WaitReadyAsync(Tenant.Tokens, "okta");
        var person = await CliUser.CreateAsync(tenant, readsCredential: true);

        var listed = await RunAsync(person, "tokens", "-o", "json");
        Assert.Equal("", listed.Stderr);
        Assert.Equal("okta", Assert.Single(JsonNode.Parse(listed.Stdout)!["tokens"]!.AsArray())!["scimToken"]!.GetValue<string>());
        Assert.Contains("  ownerRef:\n    name: bob\n", (await RunAsync(person, "offboard", "alice", "--to", "bob", "--plan")).Stdout, StringComparison.Ordinal);

        await using var waiting = ChildProcess.Start(new ChildProcessOptions
        {
            Name = "kubectl-scim",
            FileName = Binary,
            Arguments = ["offboard", "alice", "--to", "bob", "--wait", "--kubeconfig", person.Kubeconfig],
            LogPath = Path.Combine(tenant.Kube.Plane.WorkDirectory, $"cli-{tenant.Namespace}.log"),
        });
        await Eventually.HoldsAsync(() => waiting.ReadLogTail() is var log && log.Contains("let the identity provider read Secret okta-scim again", StringComparison.Ordinal) ? null : log, "it waits");
        Assert.True(waiting.Signal(ChildSignal.Interrupt));
        Assert.Equal(130, await waiting.WaitForExitAsync());
        Assert.Contains($"To continue: kubectl scim offboard alice --to bob -n {tenant.Namespace} --wait", waiting.ReadLogTail(), StringComparison.Ordinal);
    }

    private static async Task<CommandResult> RunAsync(CliUser person, params string[] arguments)
    {
        var result = await Command.RunAsync(Binary, [.. arguments, "--kubeconfig", person.Kubeconfig]);
        Assert.True(result.Succeeded, result.Stderr);
        return result;
    }
}

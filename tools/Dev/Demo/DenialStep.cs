using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.Dev.Demo;

/// <summary>Step 4.</summary>
internal sealed class DenialStep : IDemoStep
{
    private const string Demotion = """
        apiVersion: scim-operator.io/v1alpha1
        kind: AccountUser
        metadata:
          name: alice
          namespace: acme
        spec:
          accountRef:
            name: acme
          email: alice@example.com
          userType: Member

        """;

    public string Title => "Demoting or deactivating alice is denied, as her token would stop working";

    public async Task RunAsync(Stage stage, CancellationToken stop)
    {
        await File.WriteAllTextAsync(stage.DemotionManifest, Demotion, stop);
        stage.Narrator.Say("A manifest in which alice is no admin any more:");
        stage.Narrator.Detail(Demotion.TrimEnd());
        VerifyDenied(stage, await stage.KubectlAsync(stop, "apply", "-f", stage.DemotionManifest), "the demotion");
        stage.Narrator.Say("Deactivating her:");
        VerifyDenied(stage, await stage.KubectlAsync(stop, "patch", "accountuser", "alice", "--type=merge", "--patch={\"spec\":{\"active\":false}}"), "the deactivation");
        stage.Narrator.Say("The same answer without any change, as a pipeline asks for it:");
        VerifyDenied(stage, await stage.KubectlAsync(stop, "apply", "--dry-run=server", "-f", stage.DemotionManifest), "the dry run");
        var alice = await stage.Backend.Api.GetUserAsync(Stage.Alice, stop);
        stage.Verify(alice is { UserType: "Admin", Active: true }, "at the account alice still is an active admin", $"{alice}");
    }

    private static void VerifyDenied(Stage stage, CommandResult result, string what)
    {
        var said = result.Stdout + result.Stderr;
        stage.Verify(result.ExitCode != 0 && said.Contains("denied the request", StringComparison.Ordinal), $"{what} is denied", said);
        foreach (var name in new[] { "alice", Stage.Token, "okta-scim", "spec.ownerRef" })
        {
            if (!said.Contains(name, StringComparison.Ordinal))
            {
                throw new StepFailedException($"the denial of {what} does not mention {name}: {said}");
            }
        }
    }
}

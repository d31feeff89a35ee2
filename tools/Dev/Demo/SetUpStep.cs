using System.Text.Json.Nodes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Demo;

/// <summary>Step 1.</summary>
internal sealed class SetUpStep : IDemoStep
{
    private const string Identity = $"system:serviceaccount:{OperatorConfig.Namespace}:{OperatorConfig.ServiceAccount}";

    public string Title => "A control plane, the operator, and the account acme with its admins alice and bob";

    public async Task RunAsync(Stage stage, CancellationToken stop)
    {
        var narrator = stage.Narrator;
        var environment = stage.Environment = await DevEnvironment.StartControlPlaneAsync(stage.EnvironmentOptions, stop);
        narrator.Say("config/default, without the Deployment (no kubelet runs here) and with webhooks that are called by URL:");
        await environment.ApplyConfigAsync(stop);

        narrator.Say("The reference backend, the published binary, on SQLite:");
        stage.Backend = await environment.StartBackendAsync(cancellationToken: stop);
        await VerifyAccountAsync(stage, stop);
        await environment.CreateCredentialAsync(stage.Backend, Stage.Namespace, OperatorConfig.CredentialSecret, stop);

        narrator.Say($"The operator, the published NativeAOT binary, in two replicas, as {Identity}:");
        await environment.StartOperatorsAsync(stop);
        foreach (var replica in environment.Operators)
        {
            narrator.Verified($"{replica.Name} is ready (process {replica.Process.Id})");
        }

        var everything = await environment.Kubectl.TypeAsync(["auth", "can-i", "*", "*", "--all-namespaces", $"--as={Identity}"], stop);
        stage.Verify(everything.Stdout.Trim() == "no", "the operator is no cluster-admin: it has what config/rbac gives it");
    }

    private static async Task VerifyAccountAsync(Stage stage, CancellationToken stop)
    {
        var account = JsonNode.Parse(await stage.Backend.Api.Client.GetStringAsync("/api/v1/account", stop))!;
        var users = await stage.Backend.Api.ListUsersAsync(stop);
        stage.Verify(account["plan"]!.GetValue<string>() == "Enterprise", $"account {account["name"]} at {stage.Backend.Url} has the Enterprise plan");
        foreach (var email in new[] { Stage.Alice, Stage.Bob })
        {
            stage.Verify(users.Any(user => user.Email == email && user is { UserType: "Admin", Active: true }), $"{email} is an active admin");
        }
    }
}

using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Demo;

/// <summary>Step 6.</summary>
internal sealed class DemotionStep : IDemoStep
{
    public string Title => "The demotion that was denied is accepted now, and carried out";

    public async Task RunAsync(Stage stage, CancellationToken stop)
    {
        var applied = await stage.KubectlAsync(stop, "apply", "-f", stage.DemotionManifest);
        stage.Verify(applied.Succeeded, "the same manifest is accepted", applied.Stderr);
        await stage.Environment.WaitUntilReadyAsync("accountusers", Stage.Namespace, "alice", stop);
        await stage.KubectlSuccessfullyAsync(stop, "get", "accountusers");
        var alice = await stage.Backend.Api.GetUserAsync(Stage.Alice, stop);
        stage.Verify(alice is { UserType: "Member", Active: true }, "at the account alice is a Member, and active", $"{alice}");
        await VerifyProvisioningAsync(stage, stop);
    }

    private static async Task VerifyProvisioningAsync(Stage stage, CancellationToken stop)
    {
        var before = stage.Idp.Statistics.Requests;
        await stage.Environment.Waiting.UntilAsync(
            "the identity provider goes on", _ => Task.FromResult(stage.Idp.Statistics.Requests > before ? null : "no request since"), stage.Idp.Process, stop);
        var counts = await stage.Idp.StopAsync(stop);
        stage.Verify(
            counts is { Refusals: 0, Errors: 0 }, $"provisioning went on all the time: {counts.Requests} requests, {counts.Refusals} refused, {counts.Errors} failed", counts.LastError);
        var published = await stage.PublishedTokenAsync(stop);
        var tokens = await stage.Backend.Api.ListTokensAsync(stop);
        stage.Verify(tokens.Count == 1 && tokens[0].Id == published, $"the one token of the account is the one in Secret {OperatorConfig.TokenSecret}", $"{tokens.Count} tokens");
    }
}

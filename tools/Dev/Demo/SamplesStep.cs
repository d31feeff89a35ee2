using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Demo;

/// <summary>Step 2.</summary>
internal sealed class SamplesStep : IDemoStep
{
    public string Title => "Declare the Account, two AccountUsers and a ScimToken that is issued to alice";

    public async Task RunAsync(Stage stage, CancellationToken stop)
    {
        var environment = stage.Environment;
        stage.Narrator.Say($"The Account's spec.url in a copy of config/samples is replaced by {stage.Backend.Url.GetLeftPart(UriPartial.Authority)}:");
        await environment.ApplySamplesAsync(stage.Backend, stop);
        (string Plural, string Name)[] declared = [("accounts", "acme"), ("accountusers", "alice"), ("accountusers", "bob"), ("scimtokens", Stage.Token)];
        foreach (var (plural, name) in declared)
        {
            await environment.WaitUntilReadyAsync(plural, Stage.Namespace, name, stop);
        }

        var table = await stage.KubectlSuccessfullyAsync(stop, "get", "scimtokens,accountusers,accounts");
        stage.Verify(declared.All(d => table.Contains("/" + d.Name + " ", StringComparison.Ordinal)), "all of them are Ready");
        await VerifyTokenAsync(stage, stop);
    }

    private static async Task VerifyTokenAsync(Stage stage, CancellationToken stop)
    {
        await stage.KubectlSuccessfullyAsync(stop, "describe", "secret", OperatorConfig.TokenSecret);
        var alice = await stage.Backend.Api.GetUserAsync(Stage.Alice, stop);
        var tokens = await stage.Backend.Api.ListTokensAsync(stop);
        stage.Verify(tokens.Count == 1 && tokens[0].OwnerId == alice.Id, "the account has one token, and it is alice's", $"{tokens.Count} tokens");
        stage.Verify(await stage.PublishedTokenAsync(stop) == tokens[0].Id, $"Secret {OperatorConfig.TokenSecret} holds that token ({tokens[0].Id})");
    }
}

using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Demo;

/// <summary>Step 5.</summary>
internal sealed class RehomingStep(TimeProvider time) : IDemoStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Title => "Issue the token to bob instead: a new one is minted, published and in use before the old one is deleted";

    public async Task RunAsync(Stage stage, CancellationToken stop)
    {
        var oldToken = await stage.PublishedTokenAsync(stop) ?? throw new StepFailedException("the Secret holds no token id");
        var bob = await stage.Backend.Api.GetUserAsync(Stage.Bob, stop);
        await stage.KubectlSuccessfullyAsync(stop, "patch", "scimtoken", Stage.Token, "--type=merge", "--patch={\"spec\":{\"ownerRef\":{\"name\":\"bob\"}}}");
        var watch = new RehomingWatch(stage, oldToken, bob.Id, time);
        await WatchAsync(stage, watch, stop);
        await stage.Environment.WaitUntilReadyAsync("scimtokens", Stage.Namespace, Stage.Token, stop);
        await stage.KubectlSuccessfullyAsync(stop, "get", "scimtokens,accountusers");
        await VerifyAsync(stage, watch, bob, stop);
    }

    private static async Task WatchAsync(Stage stage, RehomingWatch watch, CancellationToken stop)
    {
        var disturbance = new Disturbance(stage);
        var struck = false;
        await (stage.Environment.Waiting with { Patience = Patience }).UntilAsync("the old token is deleted", LookAsync, cancellationToken: stop);

        async Task<string?> LookAsync(CancellationToken token)
        {
            await watch.LookAsync(token);
            if (watch.Published && !struck)
            {
                struck = true;
                await disturbance.StrikeAsync(token);
            }

            disturbance.Revive();
            return watch.OldDeleted ? null : $"minted: {watch.NewToken is not null}, published: {watch.Published}, in use: {watch.Used}";
        }
    }

    private static async Task VerifyAsync(Stage stage, RehomingWatch watch, BackendUser bob, CancellationToken stop)
    {
        var tokens = await stage.Backend.Api.ListTokensAsync(stop);
        stage.Verify(tokens.Count == 1 && tokens[0].OwnerId == bob.Id, "the account has one token, and it is bob's", $"{tokens.Count} tokens");
        await stage.Environment.Waiting.UntilAsync(
            "the identity provider uses the new token",
            _ => Task.FromResult(stage.Idp.Statistics.TokenIdsUsed is [.., var latest] && latest == watch.NewToken ? null : "it uses another"),
            stage.Idp.Process,
            stop);
        var counts = stage.Idp.Statistics;
        var unanswered = counts.ConnectionFailures > 0 ? $", {counts.ConnectionFailures} unanswered while the backend was down" : "";
        stage.Verify(counts.Refusals == 0, $"the identity provider made {counts.Requests} requests with {counts.TokenIdsUsed.Count} tokens: {counts.Refusals} refused{unanswered}", counts.LastError);
    }
}

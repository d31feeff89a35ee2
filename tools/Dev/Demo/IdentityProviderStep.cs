using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Demo;

/// <summary>Step 3.</summary>
internal sealed class IdentityProviderStep : IDemoStep
{
    private const int EnoughRequests = 40;

    public string Title => "An identity provider provisions users with the token in the Secret, and counts every refusal";

    public async Task RunAsync(Stage stage, CancellationToken stop)
    {
        stage.Narrator.Say("A stand-in, its own process, which may read that one Secret and nothing else:");
        var idp = stage.Idp = await stage.Environment.StartIdpAsync(Stage.Namespace, OperatorConfig.TokenSecret, cancellationToken: stop);
        var published = await stage.PublishedTokenAsync(stop);
        await stage.Environment.Waiting.UntilAsync(
            $"the identity provider made {EnoughRequests} requests",
            _ => Task.FromResult(idp.Statistics.Requests >= EnoughRequests ? null : $"{idp.Statistics.Requests} so far; {idp.Statistics.LastError}"),
            idp.Process,
            stop);

        var counts = idp.Statistics;
        stage.Verify(counts.TokenIdsUsed.SequenceEqual([published]), $"it uses token {published}", string.Join(", ", counts.TokenIdsUsed));
        stage.Verify(counts is { Refusals: 0, Errors: 0, ConnectionFailures: 0 }, $"{counts.Requests} requests over {stage.Backend.ScimUrl}, 0 refused, 0 failed", counts.LastError);
        var users = await stage.Backend.Api.ListUsersAsync(stop);
        var provisioned = users.Count(user => user.Email.StartsWith("idp-user-", StringComparison.Ordinal));
        stage.Verify(provisioned > 0, $"the account has {provisioned} users that the identity provider made");
    }
}

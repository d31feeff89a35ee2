using ScimOperator.Chaos.Tests.Observation;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>The scenarios in which the operator is killed at every step.</summary>
internal static class Scenarios
{
    private const string RotateRequest = "rotate-requested-at";

    internal static readonly IReadOnlyList<Scenario> All =
    [
        new("everything from nothing", StartsFromNothing: true, StartsWithToken: false, EndsWithToken: true, FromNothingAsync, Done),
        new("mint", StartsFromNothing: false, StartsWithToken: false, EndsWithToken: true, run => run.DeclareTokenAsync(), Done),
        new("rotate", StartsFromNothing: false, StartsWithToken: true, EndsWithToken: true, RotateAsync, WhyNotRotatedAsync),
        new("re-home", StartsFromNothing: false, StartsWithToken: true, EndsWithToken: true, RehomeAsync, WhyNotReplacedAsync),
        new("Secret lost", StartsFromNothing: false, StartsWithToken: true, EndsWithToken: true, LoseSecretAsync, WhyNotReplacedAsync),
        new("delete", StartsFromNothing: false, StartsWithToken: true, EndsWithToken: false, run => run.World.Cluster.DeleteAsync(run.TokenPath), WhyNotDeletedAsync),
    ];

    private static async Task FromNothingAsync(ScenarioRun run)
    {
        run.World.StartOperator();
        await run.World.DeclareAccountAsync();
        await run.DeclareTokenAsync();
    }

    private static Task RotateAsync(ScenarioRun run) => run.World.Cluster.MergeAsync(run.TokenPath, Manifests.Annotation(RotateRequest, run.Token));

    private static Task RehomeAsync(ScenarioRun run)
    {
        run.Owner = "bob";
        return run.World.Cluster.MergeAsync(run.TokenPath, Manifests.Owner("bob"));
    }

    private static Task LoseSecretAsync(ScenarioRun run) => run.World.Cluster.DeleteAsync(run.SecretPath);

    private static Task<string?> Done(ScenarioRun run, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    private static async Task<string?> WhyNotRotatedAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var token = await run.World.Cluster.GetAsync(run.TokenPath, cancellationToken);
        return token?["status"]?["lastHandledRotateAt"]?.GetValue<string>() == run.Token
            ? await WhyNotReplacedAsync(run, cancellationToken)
            : "the request to rotate is not acknowledged";
    }

    private static async Task<string?> WhyNotReplacedAsync(ScenarioRun run, CancellationToken cancellationToken) =>
        await run.World.PublishedAsync(run.Token, cancellationToken) is { } published && published.Id != run.Before?.Id
            ? null
            : "the Secret holds no other token than before";

    private static async Task<string?> WhyNotDeletedAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        if (await run.World.Cluster.GetAsync(run.TokenPath, cancellationToken) is not null)
        {
            return "the ScimToken is still there";
        }

        return run.World.HasGarbageCollection && await run.World.Cluster.GetAsync(run.SecretPath, cancellationToken) is not null ? "the Secret is still there" : null;
    }
}

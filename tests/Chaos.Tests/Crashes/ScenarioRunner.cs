using ScimOperator.Chaos.Tests.Observation;
using ScimOperator.ControlPlanes;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>Runs a scenario once, with an identity provider at work, and looks whether everything held.</summary>
internal sealed class ScenarioRunner(World world)
{
    private static readonly IdentityProviderPace Pace = new(TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(10));

    /// <summary>Runs it, undisturbed or with one crash.</summary>
    internal async Task<RunResult> RunAsync(Scenario scenario, (Boundary Boundary, CrashSide Side)? crash)
    {
        var run = ScenarioRun.In(world);
        var idp = new IdentityProvider(world.Cluster, world.Backend.Api, world.Namespace, Manifests.SecretOf(run.Token), Pace, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var provisioning = idp.RunAsync(stop.Token);
        try
        {
            var violations = await PlayAsync(scenario, run, idp, crash, stop);
            await stop.CancelAsync();
            await provisioning;
            var boundaries = world.Gate.End();
            return new RunResult(boundaries, world.Gate.HasStruck, [.. violations, .. idp.Refusals.Select(r => r.ToString()), .. world.Gate.Violations], idp.Calls);
        }
        finally
        {
            await stop.CancelAsync();
            await provisioning;
            world.Watch(null);
        }
    }

    /// <summary>Takes the run's ScimToken away, so that the world is as it was.</summary>
    internal async Task TidyAsync()
    {
        var all = await world.Cluster.GetAsync(world.Path("scimtokens"));
        foreach (var name in all!["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>()))
        {
            await world.Cluster.DeleteAsync(world.Path("scimtokens", name));
        }

        await world.Waiting.UntilAsync(
            "no ScimToken is left",
            async token => (await world.Cluster.GetAsync(world.Path("scimtokens"), token))!["items"]!.AsArray().Count == 0 ? null : "there is one");
    }

    private async Task<IReadOnlyList<string>> PlayAsync(
        Scenario scenario, ScenarioRun run, IdentityProvider idp, (Boundary Boundary, CrashSide Side)? crash, CancellationTokenSource stop)
    {
        if (scenario.StartsWithToken)
        {
            await run.DeclareTokenAsync();
            await WaitAsync("the token is published and used", async token => idp.Calls == 0 ? "it was not used yet" : await run.WhyNotFinalAsync(true, token));
            run.Before = await world.PublishedAsync(run.Token);
        }

        world.Watch(scenario.EndsWithToken ? run.Token : null);
        if (!scenario.EndsWithToken)
        {
            // Whoever gives up a connection turns it off first: from here on a refusal is what was asked for.
            await stop.CancelAsync();
        }

        world.Gate.Begin(run.Token, crash);
        await scenario.Act(run);
        try
        {
            await ConvergeAsync(scenario, run, idp);
            return [];
        }
        catch (ControlPlaneException exception)
        {
            return [$"convergence: {exception.Message}\n{world.LogTail}"];
        }
    }

    private async Task ConvergeAsync(Scenario scenario, ScenarioRun run, IdentityProvider idp)
    {
        await WaitUntilDoneAsync(scenario, run);
        await world.Gate.Settled;
        // A request that outlived its process may have come in only now.
        await WaitUntilDoneAsync(scenario, run);
        if (scenario.EndsWithToken)
        {
            var published = await world.PublishedAsync(run.Token);
            await WaitAsync("the identity provider uses what was published", _ => Task.FromResult(idp.Current == published?.Id ? null : $"it uses {idp.Current}"));
        }
    }

    private Task WaitUntilDoneAsync(Scenario scenario, ScenarioRun run) => WaitAsync(
        $"{scenario} is done",
        async token => await scenario.WhyNotDone(run, token) ?? await run.WhyNotFinalAsync(scenario.EndsWithToken, token));

    private Task WaitAsync(string what, Func<CancellationToken, Task<string?>> whyNot) => world.Waiting.UntilAsync(what, whyNot);
}

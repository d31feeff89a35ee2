using System.Collections.Concurrent;
using ScimOperator.Chaos.Tests.Observation;
using ScimOperator.ControlPlanes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>Minutes of trouble on the real thing, with observers who report whatever must not be.</summary>
internal sealed class Storm(StormOptions options, StormLog log, TimeProvider time)
{
    private const int FirstTokens = 3;

    private readonly ConcurrentQueue<string> violations = new();

    /// <summary>Runs it and looks at what is left.</summary>
    internal async Task<StormReport> RunAsync()
    {
        await using var site = await StormSite.StartAsync(options, violations.Enqueue, log);
        await using var people = new People(site, options.Seed, log, time);
        await BeginAsync(site, people);
        using var stop = new CancellationTokenSource();
        using var end = new CancellationTokenSource();
        var injector = new FaultInjector(site, log, time);
        var replicas = injector.KeepReplicasAsync(end.Token);
        var deeds = people.RunAsync(stop.Token);
        await injector.RunAsync(options.WithFaults ? StormPlan.Draw(options.Seed, options.Duration) : [], CancellationToken.None);
        await (options.WithFaults ? Task.CompletedTask : Task.Delay(options.Duration, time));
        await stop.CancelAsync();
        await deeds;
        await SabotageAsync(site, people);
        var calm = await CalmAsync(site, people);
        await end.CancelAsync();
        await replicas;
        return await ReportAsync(site, people, calm);
    }

    private async Task BeginAsync(StormSite site, People people)
    {
        for (var i = 0; i < FirstTokens; i++)
        {
            await people.CreateAsync();
        }

        await site.Environment.Waiting.UntilAsync("all is Ready before the storm", token => WhyNotCalmAsync(site, token));
        await Task.WhenAll(people.Current.Select(connection => connection.Provider.FirstCall));
        log.Write($"the storm begins, seed {options.Seed}");
    }

    /// <summary>Somebody deletes, at the account, the token that an identity provider lives on.</summary>
    private async Task SabotageAsync(StormSite site, People people)
    {
        if (!options.Sabotage)
        {
            return;
        }

        var victim = people.Current[0];
        var used = victim.Provider.Current!;
        using var deleted = await site.Backend.Api.Client.DeleteAsync($"/api/v1/scim-tokens/{used}");
        log.Write($"sabotage: {used} of {victim.Name} was deleted at the account: {(int)deleted.StatusCode}");
        await site.Environment.Waiting.UntilAsync(
            "the identity provider is refused", _ => Task.FromResult(victim.Provider.Refusals.Count > 0 ? null : "it was not"));
        // The operator finds it at its next reading of the account, minutes later; whoever sees the refusals asks for that now.
        await site.Cluster.MergeAsync(StormSite.Path("accounts", Manifests.Account), Manifests.Annotation("reconcile-requested-at", used));
    }

    private async Task<TimeSpan?> CalmAsync(StormSite site, People people)
    {
        site.ClusterWeather.Calm();
        site.AccountWeather.Calm();
        log.Write("no more faults");
        var began = time.GetTimestamp();
        try
        {
            await new Waiting(options.Calm, time).UntilAsync("everything is as declared", token => WhyNotCalmAsync(site, token));
            await WaitForProvidersAsync(site, people);
            return time.GetElapsedTime(began);
        }
        catch (ControlPlaneException exception)
        {
            violations.Enqueue($"convergence: {exception.Message}");
            foreach (var replica in site.Environment.Operators)
            {
                log.Write($"the end of the log of {replica.Name}:\n{replica.Process.ReadLogTail(30)}");
            }

            return null;
        }
    }

    /// <summary>By what is declared now: nobody knows what became of a deed whose answer was lost.</summary>
    private static async Task<string?> WhyNotCalmAsync(StormSite site, CancellationToken cancellationToken)
    {
        var tokens = (await site.Cluster.GetAsync(StormSite.Path("scimtokens"), cancellationToken))!["items"]!.AsArray();
        if (tokens.FirstOrDefault(t => t!["metadata"]!["deletionTimestamp"] is not null) is { } leaving)
        {
            return $"{leaving["metadata"]!["name"]} is still being deleted: {leaving["status"]}";
        }

        return await site.Final.WhyNotAsync(
            tokens.ToDictionary(t => t!["metadata"]!["name"]!.GetValue<string>(), t => t!["spec"]!["ownerRef"]!["name"]!.GetValue<string>()), cancellationToken);
    }

    private static async Task WaitForProvidersAsync(StormSite site, People people)
    {
        foreach (var connection in people.Current)
        {
            var published = PublishedToken.Of(await site.Cluster.GetAsync(Cluster.Secret(StormSite.Namespace, Manifests.SecretOf(connection.Name))));
            await site.Environment.Waiting.UntilAsync(
                $"the identity provider of {connection.Name} uses what is published",
                _ => Task.FromResult(connection.Provider.Current == published?.Id ? null : $"it uses {connection.Provider.Current}, published is {published}"));
        }
    }

    private async Task<StormReport> ReportAsync(StormSite site, People people, TimeSpan? calm)
    {
        await Task.WhenAll(people.Connections.Select(connection => connection.StopAsync()));
        if (site.Values.FindInFiles(site.Logs) is { } leak)
        {
            violations.Enqueue(leak);
        }

        var providers = people.Connections.Select(connection => connection.Provider).ToList();
        return new StormReport
        {
            Options = options,
            Counts = log.Counts,
            Calls = providers.Sum(p => p.Calls),
            Unanswered = providers.Sum(p => p.Unanswered),
            Errors = providers.Sum(p => p.Errors),
            Cutovers = providers.Sum(p => Math.Max(0, p.Used.Count - 1)),
            CalmAfter = calm,
            Violations = [.. violations, .. providers.SelectMany(p => p.Refusals).Select(r => r.ToString())],
        };
    }
}

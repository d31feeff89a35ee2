using System.Collections.Concurrent;
using ScimOperator.ControlPlanes;

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>Runs one scenario as often as it has boundaries and sides, several worlds at a time.</summary>
internal sealed class CrashCampaign(CrashFixture fixture, Scenario scenario)
{
    private const int Worlds = 4;

    /// <summary>A crash that did not come to pass, since this run took another course, is tried again.</summary>
    private const int Tries = 3;

    private readonly ConcurrentQueue<string> failures = new();
    private readonly ConcurrentQueue<string> missed = new();
    private long calls;
    private int runs;

    /// <summary>Runs it all.</summary>
    internal async Task<CrashReport> RunAsync(TimeProvider time)
    {
        var started = time.GetTimestamp();
        var plain = await OnceAsync(null);
        if (plain.Violations.Count > 0)
        {
            throw new ControlPlaneException($"{scenario}, undisturbed: {string.Join("\n", plain.Violations)}");
        }

        var boundaries = plain.Boundaries.Where(b => b.IsWanted).ToList();
        var crashes = boundaries.SelectMany(b => Enum.GetValues<CrashSide>().Where(side => b.IsWrite || side != CrashSide.LateRequest).Select(side => (b, side)));
        await Parallel.ForEachAsync(crashes, new ParallelOptions { MaxDegreeOfParallelism = Worlds }, async (crash, _) => await CrashAsync(crash));
        return new CrashReport(scenario.Name, plain.Boundaries, boundaries.Count, runs, calls, [.. missed], [.. failures], time.GetElapsedTime(started));
    }

    private async Task CrashAsync((Boundary Boundary, CrashSide Side) crash)
    {
        for (var tries = 1; tries <= Tries; tries++)
        {
            var result = await OnceAsync(crash);
            if (result.Violations.Count > 0)
            {
                failures.Enqueue($"{crash.Side} at {crash.Boundary}:\n    {string.Join("\n    ", result.Violations)}");
            }

            if (result.Struck || result.Violations.Count > 0)
            {
                return;
            }
        }

        (crash.Boundary.IsOptional ? missed : failures).Enqueue($"{crash.Side} at {crash.Boundary}: it was not reached in {Tries} runs");
    }

    /// <summary>One run, in a world of its own where something went wrong or everything is made anew.</summary>
    private async Task<RunResult> OnceAsync((Boundary Boundary, CrashSide Side)? crash)
    {
        var world = scenario.StartsFromNothing ? await World.StartEmptyAsync(fixture.Cluster) : await fixture.BorrowAsync();
        var keep = false;
        try
        {
            var runner = new ScenarioRunner(world);
            var result = await runner.RunAsync(scenario, crash);
            Interlocked.Increment(ref runs);
            Interlocked.Add(ref calls, result.Calls);
            var leak = world.Values.FindInFiles(world.Logs);
            keep = result.Violations.Count == 0 && leak is null && !scenario.StartsFromNothing;
            await (keep ? runner.TidyAsync() : Task.CompletedTask);
            return leak is null ? result : result with { Violations = [.. result.Violations, leak] };
        }
        finally
        {
            if (keep)
            {
                fixture.GiveBack(world);
            }
            else
            {
                await world.DisposeAsync();
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace ScimOperator.Simulation.Tests;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int DefaultSeeds = 700;

    [Fact]
    public void The_happy_path_converges()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var result = Simulation.Run(seed, SimulationOptions.Default with { Faults = false });
            Assert.True(result.Violation is null, result.ToString());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            Assert.Equal(Simulation.Run(seed, SimulationOptions.Default).Hash, Simulation.Run(seed, SimulationOptions.Default).Hash);
        }
    }

    [Fact]
    public void Simulation_holds_for_many_seeds()
    {
        var (first, count) = Variable("SIMULATION_SEED") is { } one ? (one, 1) : (Variable("SIMULATION_FIRST") ?? 1, Variable("SIMULATION_SEEDS") ?? DefaultSeeds);
        var failed = new ConcurrentBag<SimulationResult>();
        var (steps, hash) = (0L, 0L);
        Parallel.ForEach(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 2 }, (seed, state) =>
        {
            var result = Simulation.Run(seed, SimulationOptions.Default);
            Interlocked.Add(ref steps, result.Steps);
            Interlocked.Add(ref hash, (long)result.Hash);
            if (result.Violation is not null)
            {
                failed.Add(result);
            }
        });
        output.WriteLine($"{count} seeds from {first}, {steps} steps, hash {hash:x16}");
        var byKind = failed.OrderBy(f => f.Seed).ToList();
        byKind.ForEach(f => output.WriteLine($"seed {f.Seed}: {f.Violation}"));
        Assert.True(byKind.Count == 0, $"{byKind.Count} of {count} seeds fail; the first: {byKind.FirstOrDefault()}");
    }

    private static int? Variable(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

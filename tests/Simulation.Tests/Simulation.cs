using ScimOperator.Simulation.Tests.Engine;
using ScimOperator.Simulation.Tests.People;

namespace ScimOperator.Simulation.Tests;

/// <summary>One run: trouble for a while, then quiet, then everything must be as declared.</summary>
internal static class Simulation
{
    private static readonly int LinesShown = int.TryParse(Environment.GetEnvironmentVariable("SIMULATION_LINES"), out var lines) ? lines : 80;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    internal static SimulationResult Run(int seed, SimulationOptions options)
    {
        var world = new World(seed, options);
        var violation = Find(world);
        return new SimulationResult(seed, violation, world.Log.Hash, world.Scheduler.Steps, world.Log.Tail(LinesShown));
    }

    private static string? Find(World world)
    {
        world.Scheduler.AfterStep = world.Observer.AfterStep;
        try
        {
            var start = world.Time.GetUtcNow();
            world.Scheduler.Post(_ => world.Begin(), null);
            world.Scheduler.RunUntil(start + (world.Options.Trouble * (0.2 + (0.8 * world.Draw.NextDouble()))), () => world.Observer.Violation is not null);
            Quieten(world);
            return Settle(world) is { } gap ? world.Observer.Violation ?? gap : null;
        }
        catch (ViolationException e)
        {
            return world.Observer.Violation ?? e.Message;
        }
    }

    private static void Quieten(World world)
    {
        world.Log.Add("quiet: no more faults, nobody does anything");
        world.IsTroubled = false;
        world.Faults.IsOff = true;
        world.Scheduler.Post(_ => world.Watch(new Person(world).TidyUpAsync()), null);
    }

    /// <summary>Waits until all is as declared, twice in a row; what is still missing after the patience is over.</summary>
    private static string? Settle(World world)
    {
        var final = new FinalState(world);
        var end = world.Time.GetUtcNow() + world.Options.Patience;
        var good = 0;
        while (world.Time.GetUtcNow() < end && world.Observer.Violation is null)
        {
            world.Scheduler.RunUntil(world.Time.GetUtcNow() + Look, () => world.Observer.Violation is not null);
            good = final.Gaps().Count == 0 ? good + 1 : 0;
            if (good == 2)
            {
                return null;
            }
        }

        return $"convergence: {world.Options.Patience.TotalMinutes:0} minutes after the last fault: {string.Join("; ", final.Gaps())}";
    }
}

namespace ScimOperator.Simulation.Tests;

/// <summary>How a run ended.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Violation">What did not hold; null when all did.</param>
/// <param name="Hash">Hash over everything that happened.</param>
/// <param name="Steps">How many steps it took.</param>
/// <param name="Log">The last that happened, for people.</param>
internal sealed record SimulationResult(int Seed, string? Violation, ulong Hash, int Steps, string Log)
{
    /// <summary>For a failed assertion: what, how to see it again, and what led to it.</summary>
    public override string ToString() =>
        $"seed {Seed}: {Violation ?? "holds"} ({Steps} steps, hash {Hash:x16})\nreplay: SIMULATION_SEED={Seed} make simulate\n{Log}";
}

using ScimOperator.Drivers;
using ScimOperator.Runtime.Client;
using ScimOperator.Simulation.Tests.Engine;

namespace ScimOperator.Simulation.Tests;

/// <summary>What a run is made of, besides its seed. The wrappers are for switching off one safety and seeing that it is missed.</summary>
internal sealed record SimulationOptions
{
    internal static SimulationOptions Default { get; } = new();

    /// <summary>How long things go wrong at most.</summary>
    internal TimeSpan Trouble { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>How long it may take, once faults have stopped, until everything is as declared.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(40);

    internal int MostSteps { get; init; } = 60_000;

    internal bool Faults { get; init; } = true;

    /// <summary>The faults that happen, where only some should; null: drawn.</summary>
    internal IReadOnlyList<Fault>? Only { get; init; }

    /// <summary>Whether the account itself refuses to end an admin who holds a token; null: drawn.</summary>
    internal bool? Restricts { get; init; }

    internal Func<IKubeClient, IKubeClient> WrapClient { get; init; } = client => client;

    internal Func<IAccountDriver, TimeProvider, IAccountDriver> WrapDriver { get; init; } = (driver, _) => driver;
}

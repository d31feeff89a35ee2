namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>The faults of a storm, drawn from a seed: the same seed gives the same ones at the same times. Pure.</summary>
internal static class StormPlan
{
    private const double ShortestPause = 0.4;
    private const double LongestPause = 2.2;

    /// <summary>How often each kind comes, and how long it lasts at least and at most, in seconds.</summary>
    private static readonly (FaultKind Kind, int Weight, double Least, double Most)[] Kinds =
    [
        (FaultKind.KillLeader, 5, 0.2, 2),
        (FaultKind.KillReplica, 3, 0.2, 2),
        (FaultKind.FreezeLeader, 2, 4, 7),
        (FaultKind.KillBackend, 4, 0.1, 2.5),
        (FaultKind.KillApiServer, 1, 0.1, 1.5),
        (FaultKind.CutCluster, 4, 0, 0),
        (FaultKind.CutAccount, 3, 0, 0),
        (FaultKind.RoughCluster, 5, 1, 5),
        (FaultKind.RoughAccount, 5, 1, 5),
    ];

    /// <summary>Draws the faults for so long a storm, in order.</summary>
    internal static IReadOnlyList<PlannedFault> Draw(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var faults = new List<PlannedFault>();
        var bag = new Queue<FaultKind>();
        for (var at = Pause(random); at < duration; at += Pause(random))
        {
            var drawn = Next(bag, random);
            var (kind, _, least, most) = Kinds.First(k => k.Kind == drawn);
            faults.Add(new PlannedFault(at, kind, TimeSpan.FromSeconds(least + (random.NextDouble() * (most - least))), random.Next(1000)));
        }

        return faults;
    }

    /// <summary>Shuffled like cards: a short storm has every kind, in proportion.</summary>
    private static FaultKind Next(Queue<FaultKind> bag, Random random)
    {
        if (bag.Count == 0)
        {
            var cards = Kinds.SelectMany(k => Enumerable.Repeat(k.Kind, k.Weight)).ToArray();
            random.Shuffle(cards);
            Array.ForEach(cards, bag.Enqueue);
        }

        return bag.Dequeue();
    }

    private static TimeSpan Pause(Random random) => TimeSpan.FromSeconds(ShortestPause + (random.NextDouble() * (LongestPause - ShortestPause)));
}

namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>Which faults a run has, how often, and when a whole side is away. Each run has some kinds of fault and lacks others.</summary>
internal sealed class FaultPlan
{
    private readonly Random random;
    private readonly double[] weights = new double[Enum.GetValues<Fault>().Length];
    private readonly Dictionary<Side, DateTimeOffset> awayUntil = [];

    internal FaultPlan(int seed, IReadOnlyList<Fault>? only)
    {
        random = new Random(seed);
        var harshness = random.NextDouble() * 0.12;
        for (var i = 1; i < weights.Length; i++)
        {
            weights[i] = random.Next(2) == 0 ? 0 : harshness * random.NextDouble();
        }

        weights[(int)Fault.CrashBefore] *= 0.4;
        weights[(int)Fault.CrashAfter] *= 0.4;
        if (only is not null)
        {
            Array.Clear(weights);
            only.ToList().ForEach(f => weights[(int)f] = 0.06);
        }
    }

    internal enum Side
    {
        Cluster,
        Account,
    }

    /// <summary>No faults any more.</summary>
    internal bool IsOff { get; set; }

    internal Random Random => random;

    internal void TakeAway(Side side, DateTimeOffset until) => awayUntil[side] = until;

    internal Fault Draw(Side side, bool writes, bool lists, bool mayCrash, DateTimeOffset now)
    {
        if (IsOff)
        {
            return Fault.None;
        }

        if (awayUntil.TryGetValue(side, out var until) && now < until)
        {
            return Fault.Fail;
        }

        var at = random.NextDouble();
        for (var i = 1; i < weights.Length; i++)
        {
            at -= weights[i];
            if (at < 0)
            {
                return Fits((Fault)i, writes, lists, mayCrash) ? (Fault)i : Fault.None;
            }
        }

        return Fault.None;
    }

    /// <summary>How long a call takes that nothing befalls.</summary>
    internal TimeSpan Latency() => TimeSpan.FromMilliseconds(1 + random.Next(30));

    internal TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromMilliseconds((int)(1000 * (fromSeconds + (random.NextDouble() * (toSeconds - fromSeconds)))));

    private static bool Fits(Fault fault, bool writes, bool lists, bool mayCrash) => fault switch
    {
        Fault.LateCommit or Fault.Conflict => writes,
        Fault.StaleList => lists,
        Fault.CrashBefore or Fault.CrashAfter => mayCrash,
        _ => true,
    };
}

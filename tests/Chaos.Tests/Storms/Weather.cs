using ScimOperator.Chaos.Tests.Observation;
using ScimOperator.Chaos.Tests.Proxies;

namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>What becomes of the requests between the operator and one server: while it is rough, many are late or lost, before or after they are done.</summary>
internal sealed class Weather(string name, int seed, TokenValues values, Action<string> report, StormLog log, TimeProvider time) : IProxyGate
{
    private const double LateShare = 0.3;
    private const double LostRequestShare = 0.08;
    private const double LostAnswerShare = 0.12;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1.2);

    private readonly Lock sync = new();
    private readonly Random random = new(seed);
    private long roughUntil = long.MinValue;

    /// <summary>From now on it is rough.</summary>
    internal void Roughen(TimeSpan lasts) => Volatile.Write(ref roughUntil, time.GetTimestamp() + (long)(lasts.TotalSeconds * time.TimestampFrequency));

    /// <summary>From now on it is fair.</summary>
    internal void Calm() => Volatile.Write(ref roughUntil, long.MinValue);

    public async Task<ProxiedAnswer> PassAsync(ProxiedCall call, Func<Task<ProxiedAnswer>> forward)
    {
        if (values.FindLeak(call) is { } leak)
        {
            report(leak);
        }

        var (delay, luck) = time.GetTimestamp() < Volatile.Read(ref roughUntil) ? Draw() : (TimeSpan.Zero, 1.0);
        await DelayAsync(delay);
        if (luck < LostRequestShare)
        {
            log.Count($"request lost ({name})");
            throw new ConnectionCutException();
        }

        var answer = await forward();
        values.Learn(call, answer);
        if (luck < LostRequestShare + LostAnswerShare)
        {
            log.Count($"answer lost ({name})");
            throw new ConnectionCutException();
        }

        return answer;
    }

    private async Task DelayAsync(TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            log.Count($"request delayed ({name})");
            await Task.Delay(delay, time, CancellationToken.None);
        }
    }

    private (TimeSpan Delay, double Luck) Draw()
    {
        lock (sync)
        {
            var delay = random.NextDouble() < LateShare ? LongestDelay * random.NextDouble() : TimeSpan.Zero;
            return (delay, random.NextDouble());
        }
    }
}

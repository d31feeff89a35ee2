using System.Globalization;

namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>What happened, in order: the last lines to read, and a hash over all of them to compare two runs.</summary>
internal sealed class EventLog(TimeProvider time)
{
    private const ulong Prime = 1099511628211;
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly List<string> lines = [];

    private static bool IsTraced { get; } = Environment.GetEnvironmentVariable("SIMULATION_TRACE") is not null;

    /// <summary>FNV-1a over every line.</summary>
    internal ulong Hash { get; private set; } = 14695981039346656037;

    internal int Count => lines.Count;

    /// <summary>Told of every line; looks for what must not be there.</summary>
    internal Action<string>? Check { get; set; }

    /// <summary>Notes what is worth knowing only of one run that is looked at closely.</summary>
    internal void Trace(string line)
    {
        if (IsTraced)
        {
            Add(line);
        }
    }

    internal void Add(string line)
    {
        Check?.Invoke(line);
        var at = (time.GetUtcNow() - start).TotalSeconds;
        var full = string.Create(CultureInfo.InvariantCulture, $"{at,9:0.000}  {line}");
        foreach (var c in full)
        {
            Hash = (Hash ^ c) * Prime;
        }

        lines.Add(full);
    }

    internal string Tail(int count) => string.Join('\n', lines.TakeLast(count));
}

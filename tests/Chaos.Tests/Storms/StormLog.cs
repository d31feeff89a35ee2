using System.Globalization;

namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>Writes down what was done, when, and counts it by kind.</summary>
internal sealed class StormLog(TextWriter output, TimeProvider time)
{
    private readonly Lock sync = new();
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly long started = time.GetTimestamp();

    /// <summary>How often what was counted, in the order of names.</summary>
    internal IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (sync)
            {
                return new Dictionary<string, int>(counts);
            }
        }
    }

    /// <summary>Counts something, silently.</summary>
    internal void Count(string kind)
    {
        lock (sync)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>Counts something, and writes it down.</summary>
    internal void Note(string kind, string what = "")
    {
        Count(kind);
        Write($"{kind} {what}".TrimEnd());
    }

    /// <summary>Writes it down.</summary>
    internal void Write(string line)
    {
        lock (sync)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chaos {time.GetElapsedTime(started).TotalSeconds,6:0.0} s  {line}"));
        }
    }
}

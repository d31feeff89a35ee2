using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ScimOperator.Crds;

/// <summary>Durations as Kubernetes writes them (Go's time.Duration): <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>2160h</c>.</summary>
public static class GoDuration
{
    /// <summary>Longer than anybody means (about 14,600 years), and far from what would overflow.</summary>
    private static readonly decimal MaxSeconds = TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond / 2;

    /// <summary>Reads a duration. Returns false for null, an empty string, unknown units, negative or too large values.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var rest = text.AsSpan();
        var seconds = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryTakeTerm(ref rest, out var term) || seconds + term > MaxSeconds)
            {
                return false;
            }

            seconds += term;
        }

        value = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>Reads a duration, or gives <paramref name="fallback"/> when it is absent or malformed (the schema refuses malformed ones).</summary>
    public static TimeSpan ParseOr(string? text, TimeSpan fallback) => TryParse(text, out var value) ? value : fallback;

    /// <summary>Writes a duration in the shortest usual form: <c>1h30m</c>, <c>45s</c>, <c>1.5s</c>. What is below a millisecond is cut off. Throws for negative values.</summary>
    public static string Format(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        var milliseconds = value.Ticks / TimeSpan.TicksPerMillisecond;
        var (hours, belowHour) = Math.DivRem(milliseconds, 3_600_000);
        var (minutes, belowMinute) = Math.DivRem(belowHour, 60_000);
        var text = hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours}h") : "";
        text += minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes}m") : "";
        return belowMinute > 0 || text.Length == 0
            ? text + string.Create(CultureInfo.InvariantCulture, $"{belowMinute / 1000m:0.###}s")
            : text;
    }

    private static bool TryTakeTerm(ref ReadOnlySpan<char> rest, out decimal seconds)
    {
        seconds = 0;
        var digits = rest.IndexOfAnyExceptInRange('.', '9');
        if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1000 * MaxSeconds)
        {
            return false;
        }

        rest = rest[digits..];
        var (factor, length) = rest switch
        {
            ['m', 's', ..] => (0.001m, 2),
            ['s', ..] => (1m, 1),
            ['m', ..] => (60m, 1),
            ['h', ..] => (3600m, 1),
            _ => (0m, 0),
        };
        rest = rest[length..];
        seconds = number * factor;
        return length > 0;
    }
}

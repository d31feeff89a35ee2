using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ScimOperator.Crds;

/// <summary>Durations as Kubernetes writes them (Go's time.Duration): <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>2160h</c>.</summary>
public static class GoDuration
{
    /// <summary>Reads a duration. Returns false for null, an empty string, unknown units, negative or too large values.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var rest = text.AsSpan();
        double seconds = 0;
        while (!rest.IsEmpty)
        {
            if (!TryTakeTerm(ref rest, out var term))
            {
                return false;
            }

            seconds += term;
        }

        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return false;
        }

        value = TimeSpan.FromSeconds(seconds);
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

    private static bool TryTakeTerm(ref ReadOnlySpan<char> rest, out double seconds)
    {
        seconds = 0;
        var digits = rest.IndexOfAnyExceptInRange('.', '9');
        if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[digits..];
        var (factor, length) = rest switch
        {
            ['m', 's', ..] => (0.001, 2),
            ['s', ..] => (1.0, 1),
            ['m', ..] => (60.0, 1),
            ['h', ..] => (3600.0, 1),
            _ => (0.0, 0),
        };
        rest = rest[length..];
        seconds = number * factor;
        return length > 0;
    }
}

using System.Globalization;

namespace ScimOperator.Cli.Listing;

/// <summary>Durations as kubectl shows ages: two units at most, the coarser the longer (k8s.io/apimachinery/pkg/util/duration).</summary>
internal static class HumanDuration
{
    internal static string Format(TimeSpan span)
    {
        var seconds = (long)Math.Max(0, span.TotalSeconds);
        var (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
        return seconds switch
        {
            < 120 => Text(seconds, 's'),
            < 600 => Two(minutes, 'm', seconds % 60, 's'),
            < 10_800 => Text(minutes, 'm'),
            < 28_800 => Two(hours, 'h', minutes % 60, 'm'),
            < 172_800 => Text(hours, 'h'),
            < 691_200 => Two(days, 'd', hours % 24, 'h'),
            < 2L * 365 * 86_400 => Text(days, 'd'),
            < 8L * 365 * 86_400 => Two(days / 365, 'y', days % 365, 'd'),
            _ => Text(days / 365, 'y'),
        };
    }

    private static string Text(long value, char unit) => string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");

    private static string Two(long first, char unit, long second, char subunit) =>
        second == 0 ? Text(first, unit) : Text(first, unit) + Text(second, subunit);
}

using System.Globalization;

namespace ScimOperator.Bench;

/// <summary>Prints measurements. Absolute figures are the machine's; what counts are the ratios of one run.</summary>
internal static class Table
{
    public static void Write(TextWriter output, IReadOnlyList<Measurement> measurements, string baseline)
    {
        foreach (var operation in measurements.GroupBy(m => m.Operation))
        {
            var reference = operation.Where(m => m.Server == baseline).MinBy(m => m.Users);
            output.WriteLine();
            output.WriteLine(operation.Key);
            output.WriteLine($"  {"server",-26}{"users",9}{"req/s",10}{"p50 ms",10}{"p99 ms",10}{"x " + baseline,20}{"x fewest",10}");
            foreach (var m in operation.OrderBy(m => m.Server, StringComparer.Ordinal).ThenBy(m => m.Users))
            {
                var own = operation.Where(o => o.Server == m.Server).MinBy(o => o.Users)!;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {m.Server,-26}{m.Users,9}{m.PerSecond,10:0}{m.P50,10:0.00}{m.P99,10:0.00}{Ratio(m, reference),20}{Ratio(m, own),10}"));
            }
        }

        output.WriteLine();
        output.WriteLine($"x {baseline}: requests per second as a multiple of {baseline}'s with the fewest users; x fewest: of the same server's with the fewest.");
    }

    private static string Ratio(Measurement m, Measurement? of) =>
        of is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{m.PerSecond / of.PerSecond:0.00}");
}

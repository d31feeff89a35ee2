namespace ScimOperator.Bench;

/// <summary>Measures the reference backend on each store beside scimmy, one server at a time, in one run.</summary>
internal sealed class ScimBench(BenchOptions options, TextWriter output)
{
    private readonly List<Measurement> measurements = [];

    public async Task RunAsync()
    {
        await using var servers = new Servers(Directory.GetCurrentDirectory());
        foreach (var size in options.Sizes)
        {
            await MeasureAsync(await servers.SqliteAsync(size));
            await servers.StopAsync();
            var (subject, postgres) = await servers.PostgresAsync(size);
            // What autovacuum does by itself, a minute later.
            await MeasureAsync(subject, () => postgres.ExecuteAsync("VACUUM ANALYZE"));
            await servers.StopAsync();
        }

        foreach (var size in options.ScimmySizes)
        {
            await MeasureAsync(await servers.ScimmyAsync(size));
            await servers.StopAsync();
        }

        Table.Write(output, measurements, "scimmy (memory)");
    }

    private async Task MeasureAsync(Subject subject, Func<Task>? settle = null)
    {
        output.WriteLine($"{subject.Name}: adding {subject.Users} users ...");
        await subject.SeedAsync(options.Connections);
        await (settle?.Invoke() ?? Task.CompletedTask);
        foreach (var operation in Operation.All)
        {
            var measured = await Measurement.TakeAsync(subject, operation, options.Connections, options.Seconds);
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"  {operation.Name}: {measured.PerSecond:0} requests/s"));
            measurements.Add(measured);
        }
    }
}

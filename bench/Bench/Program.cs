using ScimOperator.Bench;

try
{
    var options = BenchOptions.Parse(args);
    await new ScimBench(options, Console.Out).RunAsync();
    return 0;
}
catch (Exception e) when (e is FormatException or ScimOperator.ControlPlanes.ControlPlaneException or BenchException)
{
    await Console.Error.WriteLineAsync("bench: " + e.Message);
    return 1;
}

namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>What came of a campaign.</summary>
/// <param name="Scenario">Which.</param>
/// <param name="Boundaries">What the operator asked for in the run without a crash.</param>
/// <param name="Chosen">At how many of these it was killed.</param>
/// <param name="Runs">How many runs there were.</param>
/// <param name="Calls">How often identity providers were answered.</param>
/// <param name="Missed">Crashes that did not come to pass, and need not.</param>
/// <param name="Failures">What did not hold.</param>
/// <param name="Took">How long it took.</param>
internal sealed record CrashReport(
    string Scenario,
    IReadOnlyList<Boundary> Boundaries,
    int Chosen,
    int Runs,
    long Calls,
    IReadOnlyList<string> Missed,
    IReadOnlyList<string> Failures,
    TimeSpan Took)
{
    /// <summary>For people.</summary>
    public override string ToString()
    {
        var lines = Boundaries.Select((boundary, i) => $"  {i + 1,3}. {boundary}{(boundary.IsWanted ? "" : "  (left out: repeated)")}")
            .Prepend($"{Scenario}: killed at {Chosen} boundaries in {Runs} runs, {Took.TotalSeconds:0} s; identity providers were answered {Calls} times; {Failures.Count} failures")
            .Concat(Missed.Select(m => "  not reached: " + m))
            .Concat(Failures.Select(f => "  FAILED: " + f));
        return string.Join('\n', lines);
    }
}

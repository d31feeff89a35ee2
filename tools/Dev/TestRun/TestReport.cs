namespace ScimOperator.Dev.TestRun;

/// <summary>What is printed at the end of a test run. The last line is the count, alone. Pure.</summary>
internal static class TestReport
{
    internal static string Format(IReadOnlyList<TestResult> results)
    {
        var lines = new List<string>();
        Add(lines, "Skipped:", results.Where(result => result.Outcome == TestOutcome.Skipped));
        Add(lines, "Failed:", results.Where(result => result.Outcome == TestOutcome.Failed));
        lines.Add(Counts(results));
        return string.Join('\n', lines);
    }

    internal static string Counts(IReadOnlyList<TestResult> results) =>
        $"{Count(results, TestOutcome.Passed)} passed, {Count(results, TestOutcome.Failed)} failed, {Count(results, TestOutcome.Skipped)} skipped";

    /// <summary>A run in which nothing passed proves nothing.</summary>
    internal static bool Succeeded(IReadOnlyList<TestResult> results) =>
        Count(results, TestOutcome.Failed) == 0 && Count(results, TestOutcome.Passed) > 0;

    private static int Count(IReadOnlyList<TestResult> results, TestOutcome outcome) => results.Count(result => result.Outcome == outcome);

    private static void Add(List<string> lines, string title, IEnumerable<TestResult> results)
    {
        var entries = results.OrderBy(result => result.Name, StringComparer.Ordinal).Select(result => $"  {result.Name}\n      {result.Words.Replace("\n", "\n      ", StringComparison.Ordinal)}").ToList();
        if (entries.Count > 0)
        {
            lines.Add(title);
            lines.AddRange(entries);
            lines.Add("");
        }
    }
}

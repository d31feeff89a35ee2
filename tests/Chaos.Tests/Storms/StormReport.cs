namespace ScimOperator.Chaos.Tests.Storms;

/// <summary>What came of a storm.</summary>
internal sealed record StormReport
{
    /// <summary>What it was drawn from.</summary>
    internal required StormOptions Options { get; init; }

    /// <summary>Faults and deeds by kind.</summary>
    internal required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>Answers that identity providers got.</summary>
    internal required long Calls { get; init; }

    /// <summary>Calls without an answer.</summary>
    internal required long Unanswered { get; init; }

    /// <summary>Answers that were errors, but no refusals.</summary>
    internal required long Errors { get; init; }

    /// <summary>How often an identity provider went over to another token.</summary>
    internal required int Cutovers { get; init; }

    /// <summary>How long it took after the last fault until everything was Ready; null where it never was.</summary>
    internal required TimeSpan? CalmAfter { get; init; }

    /// <summary>What must not be, and was.</summary>
    internal required IReadOnlyList<string> Violations { get; init; }

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var lines = new List<string>
        {
            $"chaos: seed {Options.Seed}, {Options.Duration.TotalSeconds:0} s of faults",
            $"  identity providers: {Calls} calls answered, {Unanswered} not answered (the backend was away), {Errors} server errors, {Cutovers} times over to a new token",
            $"  everything Ready {(CalmAfter is { } after ? $"{after.TotalSeconds:0.0} s after the last fault" : "never")}",
        };
        lines.AddRange(Counts.Select(count => $"  {count.Value,6} x {count.Key}"));
        lines.Add($"  {Violations.Count} violations");
        lines.AddRange(Violations.Select(violation => "    VIOLATION: " + violation));
        return string.Join('\n', lines);
    }
}

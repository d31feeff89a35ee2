namespace ScimOperator.Dev.TestRun;

/// <summary>How a test ended.</summary>
internal enum TestOutcome
{
    /// <summary>It ran, and held.</summary>
    Passed,

    /// <summary>Anything that is neither passed nor skipped: failed, aborted, timed out.</summary>
    Failed,

    /// <summary>It did not run, and says why.</summary>
    Skipped,
}

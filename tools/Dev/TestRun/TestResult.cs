namespace ScimOperator.Dev.TestRun;

/// <summary>One test.</summary>
/// <param name="Name">Its full name, with its arguments.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Words">The failure's message or the reason for skipping; empty for one that passed.</param>
internal sealed record TestResult(string Name, TestOutcome Outcome, string Words);

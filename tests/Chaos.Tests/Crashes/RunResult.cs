namespace ScimOperator.Chaos.Tests.Crashes;

/// <summary>How a run went.</summary>
/// <param name="Boundaries">What the operator asked for, in order.</param>
/// <param name="Struck">Whether the crash came to pass.</param>
/// <param name="Violations">What must not be, and was.</param>
/// <param name="Calls">How often the identity provider was answered.</param>
internal sealed record RunResult(IReadOnlyList<Boundary> Boundaries, bool Struck, IReadOnlyList<string> Violations, long Calls);

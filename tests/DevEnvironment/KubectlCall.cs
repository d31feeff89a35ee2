using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.DevEnvironments;

/// <summary>A kubectl command that ran.</summary>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Result">What came of it.</param>
public sealed record KubectlCall(IReadOnlyList<string> Arguments, CommandResult Result);

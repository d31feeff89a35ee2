namespace ScimOperator.Simulation.Tests.Engine;

/// <summary>An invariant does not hold.</summary>
internal sealed class ViolationException(string message) : Exception(message);

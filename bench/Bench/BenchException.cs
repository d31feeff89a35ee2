namespace ScimOperator.Bench;

/// <summary>A server did not answer as it must for the figures to mean anything.</summary>
public sealed class BenchException(string message) : Exception(message);

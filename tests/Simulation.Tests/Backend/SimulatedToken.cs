using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Backend;

/// <summary>A token at the account, with its value.</summary>
/// <param name="Listed">As the account lists it.</param>
/// <param name="Value">Its value.</param>
/// <param name="Order">Counts what happens at the account.</param>
/// <param name="MintedBy">Who generated it.</param>
internal sealed record SimulatedToken(BackendToken Listed, string Value, int Order, string MintedBy);

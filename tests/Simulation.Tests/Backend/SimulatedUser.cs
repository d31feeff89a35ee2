using ScimOperator.Guard;
using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Backend;

/// <summary>A user at the account.</summary>
internal sealed record SimulatedUser(string Id, string Email, string? DisplayName, UserState State, int Version, string ChangedBy)
{
    internal BackendUser ToBackend() => new(Id, Email, DisplayName, State, $"\"{Version}\"");
}

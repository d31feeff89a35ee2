using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>Answers the guard's live question with "none": whoever is to be ended holds no token.</summary>
internal sealed class BlindDriver(IAccountDriver inner) : DelegatingDriver(inner)
{
    public override async Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken)
    {
        var tokens = await base.ListTokensAsync(ownerId, cancellationToken);
        return ownerId is null ? tokens : [];
    }
}

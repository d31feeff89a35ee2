using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>Generates tokens without a reference: what was generated and never published can't be found again.</summary>
internal sealed class AnonymousDriver(IAccountDriver inner) : DelegatingDriver(inner)
{
    public override Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken) =>
        base.MintTokenAsync(request with { Reference = null! }, cancellationToken);
}

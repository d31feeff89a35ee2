using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>Lets a token's value slip into its description.</summary>
internal sealed class TalkativeDriver(IAccountDriver inner) : DelegatingDriver(inner)
{
    public override async Task<MintedToken> MintTokenAsync(MintRequest request, CancellationToken cancellationToken)
    {
        var minted = await base.MintTokenAsync(request, cancellationToken);
        return new MintedToken(minted.Token with { Description = $"for okta: {minted.Value}" }, minted.Value);
    }
}

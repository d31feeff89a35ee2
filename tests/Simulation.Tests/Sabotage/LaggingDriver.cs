using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>Lists tokens as they were at the list before: what the operator wrote meanwhile is lacking, as it would be if its inventory did not keep its own writes.</summary>
internal sealed class LaggingDriver(IAccountDriver inner) : DelegatingDriver(inner)
{
    private IReadOnlyList<BackendToken>? before;

    public override async Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken)
    {
        var tokens = await base.ListTokensAsync(ownerId, cancellationToken);
        if (ownerId is not null)
        {
            return tokens;
        }

        var answer = before ?? tokens;
        before = tokens;
        return answer;
    }
}

using ScimOperator.Drivers;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>Says of every token that it has just been used: an old token is retired before the new one was seen in use.</summary>
internal sealed class EagerDriver(IAccountDriver inner, TimeProvider time) : DelegatingDriver(inner)
{
    public override async Task<IReadOnlyList<BackendToken>> ListTokensAsync(string? ownerId, CancellationToken cancellationToken) =>
        [.. (await base.ListTokensAsync(ownerId, cancellationToken)).Select(Used)];

    public override async Task<BackendToken?> GetTokenAsync(string id, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(id, cancellationToken) is { } token ? Used(token) : null;

    private BackendToken Used(BackendToken token) => token with { LastUsedAt = time.GetUtcNow() };
}

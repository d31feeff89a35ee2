using System.Text;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>Leaves the Secret as it is before an unpublished token is deleted: a late write may still publish that token.</summary>
internal sealed class UnfencedClient(IKubeClient inner) : DelegatingClient(inner)
{
    public override async Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(patch.Body.Span).Contains("discarded-token-id", StringComparison.Ordinal)
            ? (await GetAsync(type, key, cancellationToken))!
            : await base.PatchAsync(type, key, patch, subresource, cancellationToken);
}

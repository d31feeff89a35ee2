using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Simulation.Tests.Sabotage;

/// <summary>A client that passes everything on; what is overridden is what is broken.</summary>
internal abstract class DelegatingClient(IKubeClient inner) : IKubeClient
{
    public virtual Task<T?> GetAsync<T>(ResourceType<T> type, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.GetAsync(type, key, cancellationToken);

    public virtual Task<ResourceList<T>> ListAsync<T>(ResourceType<T> type, ListOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.ListAsync(type, options, cancellationToken);

    public virtual IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(ResourceType<T> type, WatchOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.WatchAsync(type, options, cancellationToken);

    public virtual Task<T> CreateAsync<T>(ResourceType<T> type, string? ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.CreateAsync(type, ns, body, cancellationToken);

    public virtual Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.PatchAsync(type, key, patch, subresource, cancellationToken);

    public virtual Task<T> ReplaceAsync<T>(ResourceType<T> type, ObjectKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.ReplaceAsync(type, key, body, cancellationToken);

    public virtual Task<bool> DeleteAsync<T>(ResourceType<T> type, ObjectKey key, string? uid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.DeleteAsync(type, key, uid, cancellationToken);
}

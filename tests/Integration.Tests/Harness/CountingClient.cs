using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>Passes every call on, and counts lists and watches.</summary>
internal sealed class CountingClient(IKubeClient inner) : IKubeClient
{
    private int lists;
    private int pages;
    private int watches;

    /// <summary>Lists begun.</summary>
    internal int Lists => lists;

    /// <summary>Pages asked for.</summary>
    internal int Pages => pages;

    /// <summary>Watches opened, or tried to.</summary>
    internal int Watches => watches;

    public Task<T?> GetAsync<T>(ResourceType<T> type, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.GetAsync(type, key, cancellationToken);

    public Task<ResourceList<T>> ListAsync<T>(ResourceType<T> type, ListOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        Interlocked.Increment(ref pages);
        if (options.Continue is null)
        {
            Interlocked.Increment(ref lists);
        }

        return inner.ListAsync(type, options, cancellationToken);
    }

    public IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(ResourceType<T> type, WatchOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject
    {
        Interlocked.Increment(ref watches);
        return inner.WatchAsync(type, options, cancellationToken);
    }

    public Task<T> CreateAsync<T>(ResourceType<T> type, string? ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.CreateAsync(type, ns, body, cancellationToken);

    public Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.PatchAsync(type, key, patch, subresource, cancellationToken);

    public Task<T> ReplaceAsync<T>(ResourceType<T> type, ObjectKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.ReplaceAsync(type, key, body, cancellationToken);

    public Task<bool> DeleteAsync<T>(ResourceType<T> type, ObjectKey key, string? uid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject => inner.DeleteAsync(type, key, uid, cancellationToken);
}

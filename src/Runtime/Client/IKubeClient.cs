using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>
/// The Kubernetes API as controllers use it: typed, by <see cref="ResourceType{T}"/>. Every failure of the API server is a
/// <see cref="KubeApiException"/>; a failure of the connection is an <see cref="HttpRequestException"/> or, past the
/// client's request time-out, a <see cref="TimeoutException"/>.
/// </summary>
public interface IKubeClient
{
    /// <summary>Reads one object; null when there is none.</summary>
    Task<T?> GetAsync<T>(ResourceType<T> type, ObjectKey key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject;

    /// <summary>Reads one page of a list.</summary>
    Task<ResourceList<T>> ListAsync<T>(ResourceType<T> type, ListOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject;

    /// <summary>
    /// Watches from a resourceVersion. Ends without an error when the server closes the stream;
    /// throws <see cref="KubeApiException"/> with <see cref="KubeApiException.IsExpired"/> when the version is too old.
    /// </summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(ResourceType<T> type, WatchOptions options, CancellationToken cancellationToken)
        where T : class, IKubernetesObject;

    /// <summary>Creates an object and returns it as stored. Throws with <see cref="KubeApiException.IsAlreadyExists"/> when the name is taken.</summary>
    Task<T> CreateAsync<T>(ResourceType<T> type, string? ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject;

    /// <summary>Patches an object, or a subresource of it, and returns the object as stored.</summary>
    Task<T> PatchAsync<T>(ResourceType<T> type, ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IKubernetesObject;

    /// <summary>Replaces an object (PUT) and returns it as stored; the body's resourceVersion makes it conditional.</summary>
    Task<T> ReplaceAsync<T>(ResourceType<T> type, ObjectKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        where T : class, IKubernetesObject;

    /// <summary>Deletes an object; true when it was there. <paramref name="uid"/> guards against deleting a new object of the same name.</summary>
    Task<bool> DeleteAsync<T>(ResourceType<T> type, ObjectKey key, string? uid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject;
}

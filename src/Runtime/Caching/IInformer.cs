using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Caching;

/// <summary>A kind's local copy, kept current by list and watch.</summary>
public interface IInformer<T>
    where T : class, IKubernetesObject
{
    /// <summary>The store.</summary>
    IIndexer<T> Indexer { get; }

    /// <summary>Whether the first list is complete.</summary>
    bool HasSynced { get; }

    /// <summary>
    /// Whether the store follows the cluster as far as can be told: false from a failed watch until the next event, bookmark or
    /// list. What is not current may be seconds old: good enough to start work from, not to refuse somebody's request.
    /// </summary>
    bool IsCurrent => HasSynced;

    /// <summary>Adds a named index. Only before the informer runs.</summary>
    void AddIndex(string name, Func<T, IEnumerable<string>> values);

    /// <summary>Adds a handler, called in order, after the store has changed. It must not block. Only before the informer runs.</summary>
    void AddHandler(Action<Delta<T>> handler);

    /// <summary>Completes when the first list is in the store.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Puts the answer of one's own write into the store, so that the next reconcile reads it though the watch has not
    /// delivered it yet. Ignored when the watch has already passed that version (the object may be gone by now).
    /// </summary>
    void ObserveWrite(T written);
}

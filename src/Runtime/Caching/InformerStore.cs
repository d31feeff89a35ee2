using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Caching;

/// <summary>
/// Decides what enters the store: lists, watch events and own writes reach it in any order, and for each object only the
/// newest version counts. All changes are made, and told, under one lock, so that handlers see them in order.
/// </summary>
/// <param name="tell">Called for each change, after it was made.</param>
internal sealed class InformerStore<T>(Action<Delta<T>> tell)
    where T : class, IKubernetesObject
{
    private readonly Lock gate = new();

    // Objects that an own write is known to have ended; the watch may still deliver older versions of them.
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);
    private ulong watched;

    public Indexer<T> Indexer { get; } = new();

    /// <summary>
    /// Takes over a complete list, in place: new versions first, then what is gone, so that no reader ever misses an object
    /// that exists. Objects in <paramref name="unread"/> exist but can't be read: they keep the version stored.
    /// </summary>
    public void Replace(IReadOnlyList<T> items, IReadOnlyCollection<ObjectKey> unread, string version)
    {
        lock (gate)
        {
            var listed = ResourceVersions.Parse(version);
            var keep = new HashSet<ObjectKey>(unread);
            ended.Clear();
            foreach (var item in items)
            {
                keep.Add(item.Key());
                PutIfNewer(item);
            }

            foreach (var stored in Indexer.List())
            {
                // Younger than the list: an own write that it could not hold yet; the watch that follows will tell.
                var younger = listed > 0 && ResourceVersions.Of(stored) > listed;
                if (!younger && !keep.Contains(stored.Key()))
                {
                    Remove(stored);
                }
            }

            watched = listed;
        }
    }

    /// <summary>A watch's Added or Modified.</summary>
    public void Changed(T obj)
    {
        lock (gate)
        {
            Pass(obj.Metadata.ResourceVersion);
            if (obj.Metadata.Uid is not { } uid || !ended.Contains(uid))
            {
                PutIfNewer(obj);
            }
        }
    }

    /// <summary>A watch's Deleted. It holds, unless the store already has a younger object of the same name.</summary>
    public void Deleted(T obj)
    {
        lock (gate)
        {
            Pass(obj.Metadata.ResourceVersion);
            ended.Remove(obj.Metadata.Uid ?? "");
            var stored = Indexer.Get(obj.Key());
            var recreated = stored is not null
                && stored.Metadata.Uid != obj.Metadata.Uid
                && ResourceVersions.Of(stored) > ResourceVersions.Of(obj);
            if (stored is not null && !recreated)
            {
                Remove(obj);
            }
        }
    }

    /// <summary>A watch's bookmark.</summary>
    public void Passed(string version)
    {
        lock (gate)
        {
            Pass(version);
        }
    }

    /// <summary>The answer of an own write.</summary>
    public void Written(T obj)
    {
        lock (gate)
        {
            var version = ResourceVersions.Of(obj);
            if (version == 0 || version <= watched)
            {
                return;
            }

            if (obj.IsDeleting() && obj.Metadata.Finalizers is not { Count: > 0 })
            {
                End(obj);
            }
            else
            {
                PutIfNewer(obj);
            }
        }
    }

    /// <summary>Taking the last finalizer of a deleted object away deletes it: what the API server answers is its last sight.</summary>
    private void End(T obj)
    {
        ended.Add(obj.Metadata.Uid ?? "");
        if (Indexer.Get(obj.Key()) is { } stored && stored.Metadata.Uid == obj.Metadata.Uid)
        {
            Remove(stored);
        }
    }

    private void PutIfNewer(T obj)
    {
        var stored = Indexer.Get(obj.Key());
        var (had, has) = (ResourceVersions.Of(stored), ResourceVersions.Of(obj));
        var older = stored is not null && had > 0 && has > 0 && has <= had;
        if (older || (stored is not null && stored.Metadata.ResourceVersion == obj.Metadata.ResourceVersion))
        {
            return;
        }

        Indexer.Put(obj);
        tell(new Delta<T>(stored, obj));
    }

    private void Remove(T last)
    {
        if (Indexer.Remove(last.Key()) is { } before)
        {
            tell(new Delta<T>(before, null));
        }
    }

    private void Pass(string? version) => watched = Math.Max(watched, ResourceVersions.Parse(version));
}

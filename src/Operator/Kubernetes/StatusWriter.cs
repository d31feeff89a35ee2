using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>Writes a status by server-side apply, and only when it differs from what is stored.</summary>
internal sealed class StatusWriter<T, TStatus>(
    IKubeClient client,
    ResourceType<T> type,
    IInformer<T> informer,
    Func<T, TStatus?> current,
    Func<TStatus, TStatus> inOrder,
    JsonTypeInfo<TStatus> statusJson,
    JsonTypeInfo<StatusPatch<TStatus>> patchJson)
    where T : class, IKubernetesObject
    where TStatus : class
{
    private readonly ConcurrentDictionary<ObjectKey, string?> telling = new();

    /// <summary>
    /// Whether a change that the cache tells of is not this writer's own. A write whose answer was lost, or that of a leader
    /// before this one, may arrive after a newer status and undo it: the object has to be looked at again.
    /// </summary>
    internal bool IsForeign(Delta<T> delta) =>
        !telling.TryGetValue(delta.Object.Key(), out var version) || version != delta.Object.Metadata.ResourceVersion;

    /// <summary>Writes; false when nothing differed, or the object is gone.</summary>
    internal async Task<bool> WriteAsync(T obj, TStatus status, CancellationToken cancellationToken)
    {
        // Servers differ in the order in which they merge a keyed list: the order of conditions says nothing.
        if (current(obj) is { } stored && Same(inOrder(stored), inOrder(status)))
        {
            return false;
        }

        var meta = new ObjectMeta { Name = obj.Metadata.Name, Namespace = obj.Metadata.Namespace };
        var body = JsonSerializer.SerializeToUtf8Bytes(new StatusPatch<TStatus>(type.ApiVersion, type.Kind, meta, status), patchJson);
        try
        {
            Tell(await client.PatchAsync(type, obj.Key(), new Patch(PatchKind.Apply, body, Force: true), "status", cancellationToken));
            return true;
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return false;
        }
    }

    private void Tell(T written)
    {
        telling[written.Key()] = written.Metadata.ResourceVersion;
        informer.ObserveWrite(written);
        telling.TryRemove(written.Key(), out _);
    }

    private bool Same(TStatus a, TStatus b) =>
        JsonSerializer.SerializeToUtf8Bytes(a, statusJson).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(b, statusJson));
}

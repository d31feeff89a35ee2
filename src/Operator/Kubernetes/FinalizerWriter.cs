using System.Text.Json;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>
/// Adds and removes one finalizer, conditional on the version read, so that nobody else's finalizer is lost. Usually the
/// mutating webhook has added it at creation already, which saves this write.
/// </summary>
public sealed class FinalizerWriter<T>(IKubeClient client, ResourceType<T> type, IInformer<T> informer, string finalizer)
    where T : class, IKubernetesObject
{
    /// <summary>Makes sure the finalizer is there; true when it had to be added (reconcile again with what was stored).</summary>
    public async Task<bool> EnsureAsync(T obj, CancellationToken cancellationToken)
    {
        if (obj.HasFinalizer(finalizer))
        {
            return false;
        }

        await WriteAsync(obj, [.. obj.Metadata.Finalizers ?? [], finalizer], cancellationToken);
        return true;
    }

    /// <summary>Lets the object go. An object that is gone already is fine.</summary>
    public async Task RemoveAsync(T obj, CancellationToken cancellationToken)
    {
        if (!obj.HasFinalizer(finalizer))
        {
            return;
        }

        try
        {
            await WriteAsync(obj, [.. obj.Metadata.Finalizers!.Where(f => f != finalizer)], cancellationToken);
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            // Somebody else has removed the last finalizer already.
        }
    }

    private async Task WriteAsync(T obj, IReadOnlyList<string> finalizers, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new MetadataPatch(new MetadataPatch.FinalizerFields(obj.Metadata.ResourceVersion, finalizers)), OperatorJsonContext.Default.MetadataPatch);
        var stored = await client.PatchAsync(type, obj.Key(), new Patch(PatchKind.Merge, body), null, cancellationToken);
        if (!stored.IsDeleting() || stored.Metadata.Finalizers is { Count: > 0 })
        {
            informer.ObserveWrite(stored);
        }
    }
}

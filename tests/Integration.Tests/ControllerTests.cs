using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ScimOperator.ApiMachinery;
using ScimOperator.ControlPlanes;
using ScimOperator.Integration.Tests.Harness;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Controllers;

namespace ScimOperator.Integration.Tests;

/// <summary>A controller's writes against a real API server.</summary>
public sealed class ControllerTests(ControlPlaneFixture fixture) : IClassFixture<ControlPlaneFixture>
{
    private const string Finalizer = "example.test/held";
    private readonly Kube kube = new(fixture.Plane);

    [Fact]
    public async Task A_finalizer_write_that_meets_a_newer_version_conflicts_and_is_made_again_from_that_version()
    {
        var ns = await kube.CreateNamespaceAsync();
        var maps = new ConfigMaps(kube, ns);
        using var client = Clients.Direct(fixture.Plane);
        var informer = new Informer<PartialObject>(
            client, ConfigMapInformer.Type, new InformerOptions<PartialObject> { Namespace = ns, FieldSelector = "metadata.name=held" }, TimeProvider.System, NullLoggerFactory.Instance);
        var reconciler = new Holder(client, informer, maps);
        var controller = new Controller("holder", reconciler, new ControllerOptions { Workers = 1 }, TimeProvider.System, NullLoggerFactory.Instance).For(informer);
        using var stop = new CancellationTokenSource();
        var runs = Task.WhenAll(Task.Run(() => informer.RunAsync(stop.Token)), Task.Run(() => controller.RunAsync(stop.Token)));
        await maps.CreateAsync("held");
        await Eventually.HoldsAsync(
            async () => (await kube.GetAsync(maps.Path("held"))).Body["metadata"]!["finalizers"]?[0]?.GetValue<string>() == Finalizer ? null : "no finalizer",
            "the finalizer is there");
        await stop.CancelAsync();
        await runs.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.Equal(["conflict", "written"], reconciler.Outcomes.Take(2));
        Assert.Equal("moved", (await kube.GetAsync(maps.Path("held"))).Body["metadata"]!["labels"]!["l"]!.GetValue<string>());
        (await kube.MergeAsync(maps.Path("held"), """{"metadata":{"finalizers":null}}""")).Succeeded();
    }

    private sealed class Holder(KubeClient client, Informer<PartialObject> informer, ConfigMaps maps) : IReconciler
    {
        internal ConcurrentQueue<string> Outcomes { get; } = new();

        public async Task<Result> ReconcileAsync(ObjectKey key, CancellationToken ct)
        {
            if (informer.Indexer.Get(key) is not { } read || read.HasFinalizer(Finalizer))
            {
                return Result.Done;
            }

            if (Outcomes.IsEmpty)
            {
                // Somebody else is quicker, between our read and our write.
                await maps.LabelAsync(key.Name, "moved");
            }

            try
            {
                var body = $$$"""{"metadata":{"resourceVersion":"{{{read.Metadata.ResourceVersion}}}","finalizers":["{{{Finalizer}}}"]}}""";
                await client.PatchAsync(ConfigMapInformer.Type, key, new Patch(PatchKind.Merge, Encoding.UTF8.GetBytes(body)), null, ct);
                Outcomes.Enqueue("written");
                return Result.Done;
            }
            catch (KubeApiException e) when (e.IsConflict)
            {
                Outcomes.Enqueue("conflict");
                throw;
            }
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>An informer of one namespace's ConfigMaps that runs, and what it told.</summary>
internal sealed class ConfigMapInformer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> told = new();
    private readonly Task run;

    internal ConfigMapInformer(IKubeClient client, string ns, int pageSize = 500)
    {
        Informer = new Informer<PartialObject>(client, Type, new InformerOptions<PartialObject>
        {
            Namespace = ns,
            PageSize = pageSize,
            MinBackoff = TimeSpan.FromMilliseconds(50),
            MaxBackoff = TimeSpan.FromSeconds(1),
        }, TimeProvider.System, NullLoggerFactory.Instance);
        Informer.AddHandler(delta => told.Enqueue(Describe(delta)));
        run = Task.Run(() => Informer.RunAsync(stop.Token));
    }

    internal static ResourceType<PartialObject> Type { get; } = PartialObjects.Type("", "v1", "ConfigMap", "configmaps");

    internal Informer<PartialObject> Informer { get; }

    /// <summary>Names in the store, without the one that controllers put into every namespace.</summary>
    internal string Names => string.Join(' ', Informer.Indexer.List().Select(o => o.Metadata.Name).Where(IsOurs).Order(StringComparer.Ordinal));

    /// <summary>What handlers were told: +new, ~changed, -gone.</summary>
    internal IReadOnlyList<string> Told => [.. told.Where(t => IsOurs(t[1..]))];

    internal Task HoldsAsync(string names) => Eventually.HoldsAsync(() => Names == names ? null : Names, $"the store holds {names}");

    /// <summary>Waits until handlers were told this often: they are told after the store has changed.</summary>
    internal Task ToldAsync(int count) => Eventually.HoldsAsync(() => Told.Count >= count ? null : string.Join(' ', Told), $"handlers are told {count} times");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private static bool IsOurs(string name) => name != "kube-root-ca.crt";

    private static string Describe(Delta<PartialObject> delta) => delta switch
    {
        { Old: null } => "+" + delta.Object.Metadata.Name,
        { New: null } => "-" + delta.Object.Metadata.Name,
        _ => "~" + delta.Object.Metadata.Name,
    };
}

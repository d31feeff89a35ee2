using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;

namespace ScimOperator.Operator.Tests.Kubernetes;

/// <summary>An informer that tells its handlers of own writes at once, as the real one does, and watches nothing.</summary>
internal sealed class ToldInformer<T> : IInformer<T>
    where T : class, IKubernetesObject
{
    private readonly Indexer<T> indexer = new();
    private readonly List<Action<Delta<T>>> handlers = [];

    public IIndexer<T> Indexer => indexer;

    public bool HasSynced => true;

    public void AddIndex(string name, Func<T, IEnumerable<string>> values) => indexer.AddIndex(name, values);

    public void AddHandler(Action<Delta<T>> handler) => handlers.Add(handler);

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void ObserveWrite(T written)
    {
        var before = indexer.Put(written);
        handlers.ForEach(handle => handle(new Delta<T>(before, written)));
    }
}

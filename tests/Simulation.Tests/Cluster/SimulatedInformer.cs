using System.Globalization;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Simulation.Tests.Engine;

namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>
/// An informer whose watch is late: events come in order, in batches, after a delay of its own; now and then it has to list
/// again. What it keeps, and what counts as newer, is the runtime's own store.
/// </summary>
internal sealed class SimulatedInformer<T> : IInformer<T>
    where T : class, IKubernetesObject
{
    private readonly ApiServer server;
    private readonly ResourceType<T> type;
    private readonly Func<Stored, bool> selects;
    private readonly Scheduler scheduler;
    private readonly FaultPlan faults;
    private readonly OperatorProcess process;
    private readonly InformerStore<T> store;
    private readonly List<Action<Delta<T>>> handlers = [];
    private readonly Queue<Change> waiting = new();
    private readonly TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly double laziness;
    private bool delivering;

    internal SimulatedInformer(
        ApiServer server, ResourceType<T> type, Func<Stored, bool> selects, Scheduler scheduler, FaultPlan faults, OperatorProcess process)
    {
        (this.server, this.type, this.selects, this.scheduler, this.faults, this.process) = (server, type, selects, scheduler, faults, process);
        store = new InformerStore<T>(delta => handlers.ForEach(handle => handle(delta)));
        laziness = faults.Random.Next(3) switch { 0 => 0.05, 1 => 0.5, _ => 4 };
    }

    public IIndexer<T> Indexer => store.Indexer;

    public bool HasSynced => synced.Task.IsCompleted;

    public void AddIndex(string name, Func<T, IEnumerable<string>> values) => store.Indexer.AddIndex(name, values);

    public void AddHandler(Action<Delta<T>> handler) => handlers.Add(handler);

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => synced.Task;

    public void ObserveWrite(T written)
    {
        if (process.IsAlive)
        {
            store.Written(written);
        }
    }

    /// <summary>Lists, then follows.</summary>
    internal async Task StartAsync()
    {
        await scheduler.PassAsync(faults.Between(0.05, 1));
        server.Changed += Enqueue;
        process.Ended += () => server.Changed -= Enqueue;
        Replace();
        synced.TrySetResult();
    }

    /// <summary>The watch could not be resumed. What is gone is told in its order, which the store itself would not keep.</summary>
    private void Relist()
    {
        foreach (var gone in waiting.Where(c => c.Gone || !selects(c.New)).ToList())
        {
            Take(gone);
        }

        Replace();
    }

    private void Replace()
    {
        waiting.Clear();
        var items = server.List(type.Plural).Where(selects).Select(o => o.Read(type.Json)).ToList();
        store.Replace(items, [], server.Version.ToString(CultureInfo.InvariantCulture));
    }

    private void Enqueue(Change change)
    {
        if (change.New.Plural == type.Plural)
        {
            waiting.Enqueue(change);
            if (!delivering)
            {
                delivering = true;
                scheduler.After(Delay(), Deliver);
            }
        }
    }

    private TimeSpan Delay() => faults.Between(0.002, faults.IsOff ? 0.1 : laziness);

    private void Deliver()
    {
        if (!process.IsAlive)
        {
            return;
        }

        if (!faults.IsOff && faults.Random.Next(60) == 0)
        {
            Relist();
        }

        var batch = 1 + faults.Random.Next(4);
        while (batch-- > 0 && waiting.TryDequeue(out var change))
        {
            Take(change);
        }

        delivering = waiting.Count > 0;
        if (delivering)
        {
            scheduler.After(Delay(), Deliver);
        }
    }

    /// <summary>A selector makes a deletion of a change that ends the match, as the API server does.</summary>
    private void Take(Change change)
    {
        var matches = !change.Gone && selects(change.New);
        if (matches)
        {
            store.Changed(change.New.Read(type.Json));
        }
        else if (change.Old is { } old && selects(old))
        {
            store.Deleted(change.New.Read(type.Json));
        }
        else
        {
            store.Passed(change.New.Version);
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Controllers;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Controllers;

public sealed class ControllerTests : IAsyncDisposable
{
    private static readonly ObjectKey A = new("ns", "a");

    private readonly FakeTimeProvider time = new();
    private readonly RecordingLogger log = new();
    private readonly FakeReconciler reconciler = new();
    private readonly FakeInformer primary = new();
    private readonly FakeInformer other = new();
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource abort = new();
    private readonly Controller controller;
    private Task running = Task.CompletedTask;

    public ControllerTests() => controller = new Controller("test", reconciler, new ControllerOptions { Workers = 2 }, time, log);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await abort.CancelAsync();
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(1), () => running.IsCompleted, "the controller ends");
        controller.Dispose();
        stop.Dispose();
        abort.Dispose();
    }

    [Fact]
    public async Task Nothing_is_reconciled_before_every_informer_is_synced()
    {
        controller.For(primary).Watches(other, _ => []);
        primary.Tell(null, Widget.Of("a", 1));
        Run();
        primary.Synced.SetResult();
        await Task.Yield();
        Assert.Empty(reconciler.Calls);
        other.Synced.SetResult();
        await CallsAsync(1);
    }

    [Fact]
    public async Task Changes_of_the_primary_reconcile_it_and_the_repetition_of_a_version_does_not()
    {
        controller.For(primary);
        Sync();
        primary.Tell(null, Widget.Of("a", 1));
        await CallsAsync(1);
        primary.Tell(Widget.Of("a", 1), Widget.Of("a", 1));
        primary.Tell(Widget.Of("b", 1), null);
        await CallsAsync(2);
        Assert.Equal([A, new ObjectKey("ns", "b")], reconciler.Calls);
    }

    [Fact]
    public async Task Another_kind_reconciles_what_its_old_and_its_new_version_map_to()
    {
        controller.Watches(other, w => [new ObjectKey("ns", w.Owner!)]);
        Sync();
        other.Tell(Widget.Of("x", 1, "alice"), Widget.Of("x", 2, "bob"));
        await CallsAsync(2);
        Assert.Equal(["alice", "bob"], reconciler.Calls.Select(k => k.Name).Order());
    }

    [Fact]
    public async Task An_error_is_logged_and_tried_again_with_growing_waits()
    {
        reconciler.Next = _ => throw new InvalidOperationException("boom");
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        await Eventually.HoldsAsync(time, TimeSpan.FromMilliseconds(5), () => reconciler.Calls.Count >= 6, "retries");
        Assert.True(time.GetUtcNow() - new FakeTimeProvider().GetUtcNow() >= TimeSpan.FromMilliseconds(0.8 * (5 + 10 + 20 + 40 + 80)));
        Assert.True(log.Contains("boom"));
    }

    [Fact]
    public async Task A_terminal_error_is_not_tried_again_until_something_changes()
    {
        reconciler.Next = _ => throw new TerminalException("InvalidSpec", "spec.size is wrong");
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        await Eventually.HoldsAsync(() => log.Contains("InvalidSpec"), "a log line");
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, controller.QueueLength);
        Assert.Single(reconciler.Calls);
        controller.Enqueue(A);
        await CallsAsync(2);
    }

    [Fact]
    public async Task A_conflict_is_tried_again_soon_and_is_no_error()
    {
        reconciler.Next = _ => throw MemoryApi.Error(HttpStatusCode.Conflict, "Conflict");
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        reconciler.Next = _ => Task.FromResult(Result.Done);
        await Eventually.HoldsAsync(time, TimeSpan.FromMilliseconds(60), () => reconciler.Calls.Count == 2, "a retry");
        Assert.DoesNotContain(log.Lines, l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task Requeue_after_waits_that_long()
    {
        reconciler.Next = _ => Task.FromResult(Result.After(TimeSpan.FromMinutes(10)));
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        var begun = time.GetUtcNow();
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(30), () => reconciler.Calls.Count == 2, "the second reconcile");
        Assert.True(time.GetUtcNow() - begun >= TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_failed_result_waits_no_less_than_it_asks_for()
    {
        reconciler.Next = _ => Task.FromResult(new Result(TimeSpan.FromSeconds(30), Failed: true));
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        var begun = time.GetUtcNow();
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(1), () => reconciler.Calls.Count == 2, "the second reconcile");
        Assert.True(time.GetUtcNow() - begun >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Reconciles_of_one_key_never_overlap_and_those_of_others_do()
    {
        var gate = new TaskCompletionSource();
        reconciler.Next = async key =>
        {
            if (key == A)
            {
                await gate.Task;
            }

            return Result.Done;
        };
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        controller.Enqueue(A);
        controller.Enqueue(new ObjectKey("ns", "b"));
        await CallsAsync(2);
        Assert.Equal(1, reconciler.Calls.Count(k => k == A));
        gate.SetResult();
        await CallsAsync(3);
    }

    [Fact]
    public async Task Told_to_stop_it_finishes_what_it_began_and_begins_nothing()
    {
        var gate = new TaskCompletionSource();
        reconciler.Next = async _ =>
        {
            await gate.Task;
            return Result.Done;
        };
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        await stop.CancelAsync();
        controller.Enqueue(new ObjectKey("ns", "b"));
        Assert.False(running.IsCompleted);
        Assert.False(reconciler.LastToken.IsCancellationRequested);
        gate.SetResult();
        await Eventually.WithinAsync(running);
        Assert.Single(reconciler.Calls);
    }

    [Fact]
    public async Task Work_that_outlives_the_drain_deadline_is_cancelled()
    {
        reconciler.HangUntilCancelled = true;
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        await stop.CancelAsync();
        var begun = time.GetUtcNow();
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(1), () => running.IsCompleted, "the controller ends");
        Assert.InRange(time.GetUtcNow() - begun, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(24));
        Assert.True(reconciler.LastToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Aborted_it_cancels_its_work_at_once()
    {
        reconciler.HangUntilCancelled = true;
        Sync();
        controller.Enqueue(A);
        await CallsAsync(1);
        await abort.CancelAsync();
        await Eventually.WithinAsync(running);
        Assert.DoesNotContain(log.Lines, l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public void A_change_of_the_status_alone_is_told_from_others()
    {
        var old = Widget.Of("a", 1) with { };
        old = old with { Metadata = old.Metadata with { Generation = 1, Finalizers = ["f"], Labels = new Dictionary<string, string> { ["k"] = "v" } } };
        var same = old with { Size = 9, Metadata = old.Metadata with { ResourceVersion = "2", Finalizers = ["f"], Labels = new Dictionary<string, string> { ["k"] = "v" } } };
        Assert.False(DeltaPredicates.NotStatusAlone(new Delta<Widget>(old, same)));
        Widget[] others =
        [
            same with { Metadata = same.Metadata with { Generation = 2 } },
            same with { Metadata = same.Metadata with { Finalizers = null } },
            same with { Metadata = same.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } },
            same with { Metadata = same.Metadata with { Labels = new Dictionary<string, string> { ["k"] = "w" } } },
            same with { Metadata = same.Metadata with { Annotations = new Dictionary<string, string> { ["k"] = "w" } } },
            same with { Metadata = same.Metadata with { Uid = "new" } },
        ];
        Assert.All(others, o => Assert.True(DeltaPredicates.NotStatusAlone(new Delta<Widget>(old, o))));
        Assert.True(DeltaPredicates.NotStatusAlone(new Delta<Widget>(null, old)));
        Assert.True(DeltaPredicates.NotStatusAlone(new Delta<Widget>(old, null)));
    }

    private void Run() => running = controller.RunAsync(stop.Token, abort.Token);

    private void Sync()
    {
        primary.Synced.TrySetResult();
        other.Synced.TrySetResult();
        Run();
    }

    private Task CallsAsync(int count) => Eventually.HoldsAsync(() => reconciler.Calls.Count >= count, $"{count} reconciles");

    private sealed class FakeReconciler : IReconciler
    {
        public ConcurrentQueue<ObjectKey> Calls { get; } = new();

        public Func<ObjectKey, Task<Result>> Next { get; set; } = _ => Task.FromResult(Result.Done);

        public bool HangUntilCancelled { get; set; }

        public CancellationToken LastToken { get; private set; }

        public async Task<Result> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
        {
            LastToken = cancellationToken;
            Calls.Enqueue(key);
            if (HangUntilCancelled)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return await Next(key);
        }
    }

    private sealed class FakeInformer : IInformer<Widget>
    {
        private readonly List<Action<Delta<Widget>>> handlers = [];

        public TaskCompletionSource Synced { get; } = new();

        public IIndexer<Widget> Indexer { get; } = new Indexer<Widget>();

        public bool HasSynced => Synced.Task.IsCompleted;

        public void AddIndex(string name, Func<Widget, IEnumerable<string>> values) => throw new NotSupportedException();

        public void AddHandler(Action<Delta<Widget>> handler) => handlers.Add(handler);

        public Task WaitForSyncAsync(CancellationToken cancellationToken) => Synced.Task.WaitAsync(cancellationToken);

        public void ObserveWrite(Widget written) => throw new NotSupportedException();

        public void Tell(Widget? old, Widget? now) => handlers.ForEach(h => h(new Delta<Widget>(old, now)));
    }
}

using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Caching;

public sealed class InformerStoreTests
{
    private static readonly ObjectKey A = new("ns", "a");

    private readonly List<Delta<Widget>> deltas = [];
    private readonly InformerStore<Widget> store;

    public InformerStoreTests() => store = new InformerStore<Widget>(deltas.Add);

    [Fact]
    public void An_own_write_is_read_at_once_and_told_once_though_the_watch_brings_it_later()
    {
        store.Replace([Widget.Of("a", 1)], [], "5");
        store.Written(Widget.Of("a", 7));
        Assert.Equal("7", store.Indexer.Get(A)!.Metadata.ResourceVersion);
        Assert.Equal(2, deltas.Count);
        store.Changed(Widget.Of("a", 7));
        Assert.Equal(2, deltas.Count);
    }

    [Fact]
    public void An_own_write_that_the_watch_has_passed_is_ignored()
    {
        store.Replace([], [], "5");
        store.Changed(Widget.Of("a", 7));
        store.Deleted(Widget.Of("a", 9));
        store.Written(Widget.Of("a", 7));
        store.Written(Widget.Of("a", 8));
        Assert.Null(store.Indexer.Get(A));
    }

    [Fact]
    public void A_bookmark_counts_as_passed()
    {
        store.Replace([], [], "5");
        store.Passed("10");
        store.Written(Widget.Of("a", 9));
        Assert.Null(store.Indexer.Get(A));
    }

    [Fact]
    public void A_late_event_does_not_bring_back_what_an_own_write_replaced()
    {
        store.Replace([Widget.Of("a", 1)], [], "5");
        store.Written(Widget.Of("a", 9));
        store.Changed(Widget.Of("a", 7));
        Assert.Equal("9", store.Indexer.Get(A)!.Metadata.ResourceVersion);
        Assert.Equal(2, deltas.Count);
    }

    [Fact]
    public void A_delete_removes_even_a_younger_own_write_of_the_same_object()
    {
        store.Replace([Widget.Of("a", 1)], [], "5");
        store.Written(Widget.Of("a", 9));
        store.Deleted(Widget.Of("a", 8));
        Assert.Null(store.Indexer.Get(A));
    }

    [Fact]
    public void A_late_delete_of_a_former_object_spares_the_new_one_of_the_same_name()
    {
        store.Replace([Widget.Of("a", 1, uid: "old")], [], "5");
        store.Written(Widget.Of("a", 9, uid: "new"));
        store.Deleted(Widget.Of("a", 8, uid: "old"));
        Assert.Equal("new", store.Indexer.Get(A)!.Metadata.Uid);
    }

    [Fact]
    public void A_delete_of_a_recreated_object_removes_it_when_the_store_has_the_former_one()
    {
        store.Replace([Widget.Of("a", 1, uid: "old")], [], "5");
        store.Deleted(Widget.Of("a", 8, uid: "new"));
        Assert.Null(store.Indexer.Get(A));
    }

    [Fact]
    public void An_own_write_that_took_the_last_finalizer_ends_the_object_and_late_events_do_not_revive_it()
    {
        var deleting = Widget.Of("a", 6) with { };
        deleting = deleting with { Metadata = deleting.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch, Finalizers = ["f"] } };
        store.Replace([deleting], [], "6");
        store.Written(deleting with { Metadata = deleting.Metadata with { ResourceVersion = "9", Finalizers = null } });
        Assert.Null(store.Indexer.Get(A));
        store.Changed(deleting with { Metadata = deleting.Metadata with { ResourceVersion = "8" } });
        Assert.Null(store.Indexer.Get(A));
        store.Deleted(deleting with { Metadata = deleting.Metadata with { ResourceVersion = "9" } });
        Assert.Equal(2, deltas.Count);
        store.Changed(Widget.Of("a", 10));
        Assert.NotNull(store.Indexer.Get(A));
    }

    [Fact]
    public void A_new_list_tells_only_the_differences_and_deletes_what_is_gone()
    {
        store.Replace([Widget.Of("a", 1), Widget.Of("b", 2), Widget.Of("c", 3)], [], "5");
        deltas.Clear();
        store.Replace([Widget.Of("a", 1), Widget.Of("b", 7), Widget.Of("d", 8)], [], "9");
        Assert.Equal(["b", "d", "c"], deltas.Select(d => d.Object.Metadata.Name));
        Assert.Null(deltas[^1].New);
        Assert.Equal(3, store.Indexer.Count);
    }

    [Fact]
    public void A_new_list_keeps_objects_that_exist_but_could_not_be_read()
    {
        store.Replace([Widget.Of("a", 1)], [], "5");
        store.Replace([], [A], "9");
        Assert.NotNull(store.Indexer.Get(A));
    }

    [Fact]
    public void A_new_list_keeps_an_own_write_younger_than_itself()
    {
        store.Replace([], [], "5");
        store.Written(Widget.Of("a", 12));
        store.Replace([], [], "10");
        Assert.NotNull(store.Indexer.Get(A));
        store.Replace([], [], "13");
        Assert.Null(store.Indexer.Get(A));
    }

    [Fact]
    public void Versions_that_are_no_numbers_are_taken_as_they_come_from_the_watch_and_never_from_own_writes()
    {
        static Widget Odd(string version) => Widget.Of("a", 0) with { Metadata = Widget.Of("a", 0).Metadata with { ResourceVersion = version } };
        store.Replace([Odd("x1")], [], "x1");
        store.Written(Odd("x2"));
        Assert.Equal("x1", store.Indexer.Get(A)!.Metadata.ResourceVersion);
        store.Changed(Odd("x3"));
        Assert.Equal("x3", store.Indexer.Get(A)!.Metadata.ResourceVersion);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void However_own_writes_and_the_watch_interleave_the_store_ends_as_the_server(int seed)
    {
        var random = new Random(seed);
        var history = History(random);
        store.Replace([], [], "1");
        var next = 0;
        var late = new List<Widget>();
        while (next < history.Count || late.Count > 0)
        {
            if (next < history.Count && (late.Count == 0 || random.Next(2) == 0))
            {
                var (obj, deleted, own) = history[next++];
                if (own)
                {
                    late.Add(obj);
                }

                Deliver(obj, deleted);
            }
            else
            {
                var at = random.Next(late.Count);
                store.Written(late[at]);
                late.RemoveAt(at);
            }
        }

        var last = history.GroupBy(h => h.Object.Key()).Select(g => g.Last()).Where(h => !h.Deleted).Select(h => h.Object).ToHashSet();
        Assert.Equal(last, store.Indexer.List().ToHashSet());
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 100)];

    private void Deliver(Widget obj, bool deleted)
    {
        if (deleted)
        {
            store.Deleted(obj);
        }
        else
        {
            store.Changed(obj);
        }
    }

    private static List<(Widget Object, bool Deleted, bool Own)> History(Random random)
    {
        var alive = new Dictionary<string, string>();
        var history = new List<(Widget, bool, bool)>();
        for (var version = 2; version < 60; version++)
        {
            var name = $"w{random.Next(4)}";
            var delete = alive.ContainsKey(name) && random.Next(3) == 0;
            if (!alive.TryGetValue(name, out var uid))
            {
                uid = alive[name] = $"{name}-{version}";
            }

            history.Add((Widget.Of(name, version, uid: uid), delete, !delete && random.Next(2) == 0));
            if (delete)
            {
                alive.Remove(name);
            }
        }

        return history;
    }
}

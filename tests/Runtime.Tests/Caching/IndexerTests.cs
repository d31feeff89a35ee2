using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Caching;

public sealed class IndexerTests
{
    private readonly Indexer<Widget> indexer = new();

    public IndexerTests() => indexer.AddIndex("owner", w => w.Owner is { } o ? o.Split(',') : []);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void A_bucket_of_any_size_holds_exactly_its_objects_while_they_come_and_go(int size)
    {
        for (var i = 0; i < size; i++)
        {
            indexer.Put(Widget.Of($"w{i}", i, "alice"));
            Assert.Equal(i + 1, indexer.ByIndex("owner", "alice").Count);
        }

        for (var i = 0; i < size; i++)
        {
            indexer.Put(Widget.Of($"w{i}", 1000 + i, "alice"));
        }

        Assert.Equal(size, indexer.ByIndex("owner", "alice").Count);
        Assert.All(indexer.ByIndex("owner", "alice"), w => Assert.Equal(4, w.Metadata.ResourceVersion!.Length));
        for (var i = 0; i < size; i++)
        {
            indexer.Remove(new ObjectKey("ns", $"w{i}"));
            Assert.Equal(size - 1 - i, indexer.ByIndex("owner", "alice").Count);
        }

        Assert.Equal(0, indexer.Count);
        Assert.Empty(indexer.List("ns"));
    }

    [Fact]
    public void An_object_moves_between_values_and_may_have_several()
    {
        indexer.Put(Widget.Of("a", 1, "alice,bob"));
        indexer.Put(Widget.Of("a", 2, "bob,carol"));
        Assert.Empty(indexer.ByIndex("owner", "alice"));
        Assert.Single(indexer.ByIndex("owner", "bob"));
        Assert.Single(indexer.ByIndex("owner", "carol"));
        indexer.Put(Widget.Of("a", 3));
        Assert.Empty(indexer.ByIndex("owner", "bob"));
    }

    [Fact]
    public void Lists_are_of_one_namespace_or_of_all()
    {
        indexer.Put(Widget.Of("a", 1, ns: "x"));
        indexer.Put(Widget.Of("a", 2, ns: "y"));
        Assert.Single(indexer.List("x"));
        Assert.Equal(2, indexer.List().Count);
        Assert.Empty(indexer.List("z"));
    }

    [Fact]
    public void An_unknown_index_is_an_error_and_so_is_one_that_comes_too_late()
    {
        Assert.Throws<ArgumentException>(() => indexer.ByIndex("none", "x"));
        indexer.Put(Widget.Of("a", 1));
        Assert.Throws<InvalidOperationException>(() => indexer.AddIndex("late", _ => []));
    }

    [Fact]
    public async Task A_reader_never_misses_an_object_that_is_there_all_the_time()
    {
        for (var i = 0; i < 20; i++)
        {
            indexer.Put(Widget.Of($"w{i}", i, "alice"));
        }

        var writing = Task.Run(() =>
        {
            for (var round = 0; round < 20000; round++)
            {
                indexer.Put(Widget.Of($"w{round % 20}", round, "alice"));
                indexer.Put(Widget.Of("guest", round, round % 2 == 0 ? "alice" : "bob"));
            }
        });
        while (!writing.IsCompleted)
        {
            Assert.True(indexer.ByIndex("owner", "alice").Count >= 20);
            Assert.True(indexer.List("ns").Count >= 20);
        }

        await writing;
    }
}

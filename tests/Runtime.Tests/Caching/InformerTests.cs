using Microsoft.Extensions.Time.Testing;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Caching;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Caching;

/// <summary>The informer against an API server over HTTP that misbehaves by script, on a clock that only the test moves.</summary>
public sealed class InformerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private readonly RecordingLogger log = new();
    private readonly CancellationTokenSource stop = new();
    private FakeApiServer server = null!;
    private KubeClient client = null!;
    private Informer<Widget> informer = null!;
    private Task running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        server = await FakeApiServer.StartAsync();
        client = server.Client(log: log);
        informer = new Informer<Widget>(client, Widget.Type, new InformerOptions<Widget> { PageSize = 2, Random = new Random(1) }, time, log);
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await Eventually.WithinAsync(running);
        client.Dispose();
        await server.DisposeAsync();
        stop.Dispose();
    }

    [Fact]
    public async Task The_first_list_is_read_page_by_page_and_is_synced_only_when_whole()
    {
        var second = new TaskCompletionSource();
        server.Lists.Enqueue(FakeApiServer.Json(200, FakeApiServer.ListJson(7, "p2", Item("a", 1), Item("b", 2))));
        server.Lists.Enqueue(async context =>
        {
            await second.Task;
            await FakeApiServer.Json(200, FakeApiServer.ListJson(7, null, Item("c", 3)))(context);
        });
        Run();
        await Eventually.HoldsAsync(() => server.Requests.Count == 2, "the second page is asked for");
        Assert.False(informer.HasSynced);
        Assert.Equal(0, informer.Indexer.Count);
        second.SetResult();
        await SyncedAsync();
        Assert.Equal(3, informer.Indexer.Count);
        Assert.Equal(
            ["GET /apis/example.com/v1/widgets?limit=2", "GET /apis/example.com/v1/widgets?limit=2&continue=p2"],
            server.Requests.Take(2));
    }

    [Fact]
    public async Task A_watch_that_ends_is_resumed_after_the_last_version_seen()
    {
        List(7, Item("a", 1));
        server.Watches.Enqueue(FakeApiServer.Lines(false, FakeApiServer.EventJson("MODIFIED", Item("a", 9)), FakeApiServer.BookmarkJson(12)));
        server.Watches.Enqueue(FakeApiServer.Lines(true, FakeApiServer.EventJson("ADDED", Item("b", 13))));
        Run();
        await CountAsync(2);
        Assert.Equal(["7", "12"], WatchVersions());
        Assert.Single(Lists());
    }

    [Fact]
    public async Task Without_bookmarks_the_last_events_version_is_resumed_after()
    {
        List(7, Item("a", 1));
        server.Watches.Enqueue(FakeApiServer.Lines(false, FakeApiServer.EventJson("DELETED", Item("a", 9))));
        server.Watches.Enqueue(FakeApiServer.Lines(true));
        Run();
        await Eventually.HoldsAsync(() => WatchVersions().Count == 2, "a second watch");
        Assert.Equal(["7", "9"], WatchVersions());
        Assert.Equal(0, informer.Indexer.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_version_is_too_old_it_lists_again_and_tells_what_is_gone(bool asEvent)
    {
        var gone = new List<string>();
        informer.AddHandler(d =>
        {
            if (d.New is null)
            {
                gone.Add(d.Object.Metadata.Name);
            }
        });
        List(7, Item("a", 1), Item("b", 2));
        var status = FakeApiServer.StatusJson(410, "Expired", "too old resource version");
        server.Watches.Enqueue(asEvent ? FakeApiServer.Lines(false, FakeApiServer.EventJson("ERROR", status)) : FakeApiServer.Json(410, status));
        List(20, Item("b", 2), Item("c", 19));
        server.Watches.Enqueue(FakeApiServer.Lines(true));
        Run();
        await Eventually.HoldsAsync(() => informer.Indexer.Get(new ObjectKey("ns", "c")) is not null && informer.Indexer.Count == 2, "the second list");
        Assert.Equal(["a"], gone);
    }

    [Fact]
    public async Task A_list_that_expires_between_pages_is_begun_anew_after_a_while()
    {
        server.Lists.Enqueue(FakeApiServer.Json(200, FakeApiServer.ListJson(7, "p2", Item("a", 1), Item("b", 2))));
        server.Lists.Enqueue(FakeApiServer.Json(410, FakeApiServer.StatusJson(410, "Expired", "continue is too old")));
        List(9, Item("c", 8));
        Run();
        await Eventually.HoldsAsync(time, TimeSpan.FromMilliseconds(100), () => informer.HasSynced, "synced");
        Assert.Equal(["c"], informer.Indexer.List().Select(w => w.Metadata.Name));
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    public async Task Whatever_the_server_refuses_is_tried_again_and_nothing_is_lost(int code, string reason)
    {
        server.Lists.Enqueue(FakeApiServer.Json(code, FakeApiServer.StatusJson(code, reason, "no")));
        List(7, Item("a", 1));
        server.Watches.Enqueue(FakeApiServer.Json(code, FakeApiServer.StatusJson(code, reason, "no")));
        server.Watches.Enqueue(FakeApiServer.Lines(true, FakeApiServer.EventJson("ADDED", Item("b", 8))));
        Run();
        await Eventually.HoldsAsync(time, TimeSpan.FromMilliseconds(100), () => informer.Indexer.Count == 2, "both objects");
        Assert.Equal(2, Lists().Count);
        Assert.Equal(["7", "7"], WatchVersions());
        Assert.Equal(code is 401 or 403, log.Contains("give the operator's ServiceAccount the verbs list and watch"));
    }

    [Fact]
    public async Task Garbage_on_a_watch_leads_to_a_new_list()
    {
        List(7, Item("a", 1));
        server.Watches.Enqueue(FakeApiServer.Lines(false, FakeApiServer.EventJson("ADDED", Item("b", 8)), "gar}bage"));
        List(11, Item("c", 10));
        Run();
        await Eventually.HoldsAsync(time, TimeSpan.FromMilliseconds(100), () => informer.Indexer.Get(new ObjectKey("ns", "c")) is not null, "the second list");
        await CountAsync(1);
    }

    [Fact]
    public async Task Retry_after_is_obeyed()
    {
        server.Lists.Enqueue(FakeApiServer.Json(429, "slow down", "text/plain", "60"));
        List(7, Item("a", 1));
        var begun = time.GetUtcNow();
        Run();
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(1), () => informer.HasSynced, "synced");
        Assert.True(time.GetUtcNow() - begun >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_watch_that_stays_silent_beyond_its_end_is_cut_and_resumed()
    {
        List(7, Item("a", 1));
        server.Watches.Enqueue(FakeApiServer.Lines(true, FakeApiServer.BookmarkJson(8)));
        server.Watches.Enqueue(FakeApiServer.Lines(true, FakeApiServer.EventJson("ADDED", Item("b", 9))));
        Run();
        await SyncedAsync();
        await Eventually.HoldsAsync(() => WatchVersions().Count == 1, "a watch");
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(20), () => informer.Indexer.Count == 2, "the resumed watch's event");
        Assert.Single(Lists());
        Assert.Contains(WatchVersions()[1], new[] { "7", "8" });
        Assert.True(log.Contains("was silent"));
    }

    [Fact]
    public async Task Watches_ask_for_a_life_of_five_to_ten_minutes()
    {
        List(7);
        server.Watches.Enqueue(FakeApiServer.Lines(true));
        Run();
        await Eventually.HoldsAsync(() => WatchVersions().Count == 1, "a watch");
        var asked = server.Requests.Last().Split("timeoutSeconds=")[1];
        Assert.InRange(int.Parse(asked, System.Globalization.CultureInfo.InvariantCulture), 300, 600);
    }

    [Fact]
    public async Task Watches_that_end_at_once_and_bring_nothing_are_spaced_out()
    {
        List(7, Item("a", 1));
        for (var i = 0; i < 50; i++)
        {
            server.Watches.Enqueue(FakeApiServer.Lines(false));
        }

        Run();
        await Eventually.HoldsAsync(() => WatchVersions().Count == 1, "a watch");
        await Eventually.HoldsAsync(time, TimeSpan.FromMilliseconds(100), () => WatchVersions().Count >= 5, "later watches");
        Assert.True(time.GetUtcNow() - new FakeTimeProvider().GetUtcNow() > TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_handler_that_throws_stops_nobody()
    {
        var seen = 0;
        informer.AddHandler(_ => throw new InvalidOperationException("bug"));
        informer.AddHandler(_ => seen++);
        List(7, Item("a", 1), Item("b", 2));
        Run();
        await SyncedAsync();
        Assert.Equal(2, seen);
        Assert.True(log.Contains("bug"));
    }

    [Fact]
    public async Task Objects_are_slimmed_before_they_are_stored()
    {
        informer = new Informer<Widget>(client, Widget.Type, new InformerOptions<Widget> { Transform = w => w with { Owner = null } }, time, log);
        server.Lists.Enqueue(FakeApiServer.Json(200, FakeApiServer.ListJson(7, null, FakeApiServer.ItemJson("a", 1, "\"owner\":\"x\""))));
        Run();
        await SyncedAsync();
        informer.ObserveWrite(Widget.Of("b", 8, "x"));
        Assert.All(informer.Indexer.List(), w => Assert.Null(w.Owner));
        Assert.Equal(2, informer.Indexer.Count);
    }

    [Fact]
    public async Task Indexes_and_handlers_cannot_be_added_once_it_runs()
    {
        Run();
        Assert.Throws<InvalidOperationException>(() => informer.AddHandler(_ => { }));
        Assert.Throws<InvalidOperationException>(() => informer.AddIndex("x", _ => []));
        await Assert.ThrowsAsync<InvalidOperationException>(() => informer.RunAsync(stop.Token));
    }

    private static string Item(string name, long version) => FakeApiServer.ItemJson(name, version);

    private void List(long version, params string[] items) =>
        server.Lists.Enqueue(FakeApiServer.Json(200, FakeApiServer.ListJson(version, null, items)));

    private void Run() => running = informer.RunAsync(stop.Token);

    private Task SyncedAsync() => Eventually.WithinAsync(informer.WaitForSyncAsync(CancellationToken.None));

    private Task CountAsync(int count) => Eventually.HoldsAsync(() => informer.Indexer.Count == count, $"{count} objects");

    private List<string> Lists() => [.. server.Requests.Where(r => !r.Contains("watch=true", StringComparison.Ordinal))];

    private List<string> WatchVersions() =>
        [.. server.Requests.Where(r => r.Contains("watch=true", StringComparison.Ordinal)).Select(r => r.Split("resourceVersion=")[1].Split('&')[0])];
}

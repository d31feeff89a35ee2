using System.Net;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.Client;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Client;

public sealed class KubeClientTests : IAsyncLifetime
{
    private static readonly ObjectKey Key = new("ns", "a");

    private readonly RecordingLogger log = new();
    private FakeApiServer server = null!;

    public async Task InitializeAsync() => server = await FakeApiServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Lists_ask_for_what_the_options_say_and_nothing_else()
    {
        server.Lists.Enqueue(FakeApiServer.Json(200, FakeApiServer.ListJson(7, "more&", FakeApiServer.ItemJson("a", 3, "\"size\":4"))));
        using var client = server.Client();
        var page = await client.ListAsync(Widget.Type, new ListOptions("ns", "a=b,c", Limit: 2, Continue: "x/y="), CancellationToken.None);
        Assert.Equal("GET /apis/example.com/v1/namespaces/ns/widgets?labelSelector=a%3Db%2Cc&limit=2&continue=x%2Fy%3D", server.Requests.Single());
        Assert.Equal(("7", "more&", 4), (page.Metadata.ResourceVersion, page.Metadata.Continue, page.Items.Single().Size));
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_is_skipped_named_and_hides_no_other()
    {
        server.Lists.Enqueue(FakeApiServer.Json(200, FakeApiServer.ListJson(
            7, null, FakeApiServer.ItemJson("a", 1), FakeApiServer.ItemJson("bad", 2, "\"size\":\"top-secret\""), FakeApiServer.ItemJson("c", 3))));
        using var client = server.Client(log: log);
        var page = await client.ListAsync(Widget.Type, default, CancellationToken.None);
        Assert.Equal(["a", "c"], page.Items.Select(i => i.Metadata.Name));
        Assert.Equal([new ObjectKey("ns", "bad")], page.Skipped);
        Assert.True(log.Contains("ns/bad"));
        Assert.False(log.Contains("top-secret"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[{"metadata":""")]
    [InlineData("<html>welcome</html>")]
    public async Task A_list_that_is_no_list_is_an_error_that_names_the_request(string body)
    {
        server.Lists.Enqueue(FakeApiServer.Json(200, body));
        using var client = server.Client();
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => client.ListAsync(Widget.Type, default, CancellationToken.None));
        Assert.Contains("list widgets.example.com", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_object_is_null()
    {
        server.Others.Enqueue(FakeApiServer.Json(404, FakeApiServer.StatusJson(404, "NotFound", "no")));
        using var client = server.Client();
        Assert.Null(await client.GetAsync(Widget.Type, Key, CancellationToken.None));
    }

    [Fact]
    public async Task A_404_that_is_no_answer_of_kubernetes_is_an_error_and_not_a_missing_object()
    {
        server.Others.Enqueue(FakeApiServer.Json(404, "<html>not found</html>", "text/html"));
        using var client = server.Client();
        var e = await Assert.ThrowsAsync<KubeApiException>(() => client.GetAsync(Widget.Type, Key, CancellationToken.None));
        Assert.Contains("no Kubernetes Status", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<html>", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_says_so_and_names_the_object()
    {
        server.Others.Enqueue(FakeApiServer.Json(409, FakeApiServer.StatusJson(409, "Conflict", "modified meanwhile")));
        using var client = server.Client();
        var e = await Assert.ThrowsAsync<KubeApiException>(() => PatchAsync(client, "{}"u8.ToArray()));
        Assert.True(e.IsConflict);
        Assert.Contains("could not patch widgets.example.com ns/a: 409 Conflict: modified meanwhile", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_for_rights_says_which_rule_is_missing()
    {
        server.Others.Enqueue(FakeApiServer.Json(403, FakeApiServer.StatusJson(403, "Forbidden", "no")));
        using var client = server.Client();
        var e = await Assert.ThrowsAsync<KubeApiException>(
            () => client.PatchAsync(Widget.Type, Key, new Patch(PatchKind.Apply, "{}"u8.ToArray()), "status", CancellationToken.None));
        Assert.Contains("verb \"patch\" on resource \"widgets/status\" in apiGroup \"example.com\"", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denial_by_admission_is_not_taken_for_a_missing_right()
    {
        server.Others.Enqueue(FakeApiServer.Json(403, FakeApiServer.StatusJson(403, "Forbidden", "admission webhook \\\"x\\\" denied the request: she holds a token.")));
        using var client = server.Client();
        var e = await Assert.ThrowsAsync<KubeApiException>(() => PatchAsync(client, "{}"u8.ToArray()));
        Assert.EndsWith("denied the request: she holds a token.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    public async Task Retry_after_is_told(string? header, int? seconds)
    {
        server.Others.Enqueue(FakeApiServer.Json(429, "Too many requests", "text/plain", header));
        using var client = server.Client();
        var e = await Assert.ThrowsAsync<KubeApiException>(() => client.GetAsync(Widget.Type, Key, CancellationToken.None));
        Assert.Equal(seconds, (int?)e.RetryAfter?.TotalSeconds);
        Assert.True(e.IsTransient);
        Assert.Contains("Too many requests", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_server_quotes_of_a_secret_is_not_repeated()
    {
        server.Others.Enqueue(FakeApiServer.Json(400, FakeApiServer.StatusJson(400, "BadRequest", "error found in #10 byte of ...|scimtok_abc|...")));
        using var client = server.Client();
        var secrets = PartialObjects.Type("", "v1", "Secret", "secrets");
        var e = await Assert.ThrowsAsync<KubeApiException>(
            () => client.PatchAsync(secrets, Key, new Patch(PatchKind.Merge, "{}"u8.ToArray()), null, CancellationToken.None));
        Assert.DoesNotContain("scimtok_abc", e.ToString(), StringComparison.Ordinal);
        Assert.Contains("secrets ns/a", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_name_the_field_manager_and_apply_may_force()
    {
        server.Others.Enqueue(FakeApiServer.Json(200, FakeApiServer.ItemJson("a", 3)));
        using var client = server.Client();
        await client.PatchAsync(Widget.Type, Key, new Patch(PatchKind.Apply, "{}"u8.ToArray(), Force: true), "status", CancellationToken.None);
        Assert.Equal("PATCH /apis/example.com/v1/namespaces/ns/widgets/a/status?fieldManager=tests&force=true", server.Requests.Single());
    }

    [Fact]
    public async Task A_delete_is_conditional_on_the_uid_and_a_new_object_of_the_name_counts_as_gone()
    {
        server.Others.Enqueue(FakeApiServer.Json(409, FakeApiServer.StatusJson(409, "Conflict", "Precondition failed: UID in precondition: u, UID in object meta: v")));
        using var client = server.Client();
        Assert.False(await client.DeleteAsync(Widget.Type, Key, "u", CancellationToken.None));
        Assert.Contains("\"preconditions\":{\"uid\":\"u\"}", server.Bodies.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_in_time_is_a_timeout_that_names_the_request()
    {
        var time = new FakeTimeProvider();
        using var client = server.Client(time);
        var get = client.GetAsync(Widget.Type, Key, CancellationToken.None);
        await Eventually.HoldsAsync(() => !server.Requests.IsEmpty, "the request arrives");
        time.Advance(TimeSpan.FromSeconds(31));
        var e = await Assert.ThrowsAsync<TimeoutException>(() => Eventually.WithinAsync(get));
        Assert.Contains("get widgets.example.com ns/a", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_cancels_gets_a_cancellation_and_no_timeout()
    {
        using var client = server.Client();
        using var cancel = new CancellationTokenSource();
        var get = client.GetAsync(Widget.Type, Key, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get);
    }

    [Fact]
    public async Task Nobody_listening_is_a_connection_error_that_names_the_request()
    {
        using var client = server.Client();
        await server.DisposeAsync();
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Widget.Type, Key, CancellationToken.None));
        Assert.Contains("get widgets.example.com ns/a", e.Message, StringComparison.Ordinal);
        server = await FakeApiServer.StartAsync();
    }

    [Fact]
    public async Task A_watch_yields_every_event_and_ends_with_the_stream()
    {
        string[] lines =
        [
            FakeApiServer.EventJson("ADDED", FakeApiServer.ItemJson("a", 2)),
            "",
            FakeApiServer.EventJson("MODIFIED", FakeApiServer.ItemJson("a", 3, $"\"owner\":\"{new string('x', 100_000)}\"")),
            FakeApiServer.BookmarkJson(5),
            $$"""{"object":{{FakeApiServer.ItemJson("a", 6)}},"type":"DELETED"}""",
            """{"type":"ADDED","object":{"metadata":{"na""",
        ];
        server.Watches.Enqueue(FakeApiServer.Text(string.Join('\n', lines)));
        var events = await WatchAsync();
        Assert.Equal(
            [(WatchEventType.Added, "2"), (WatchEventType.Modified, "3"), (WatchEventType.Bookmark, "5"), (WatchEventType.Deleted, "6")],
            events.Select(e => (e.Type, e.ResourceVersion)));
    }

    [Fact]
    public async Task A_watch_event_that_cannot_be_read_moves_the_version_on_and_hides_no_other()
    {
        server.Watches.Enqueue(FakeApiServer.Lines(
            false,
            FakeApiServer.EventJson("ADDED", FakeApiServer.ItemJson("bad", 2, "\"size\":\"large\"")),
            FakeApiServer.EventJson("ADDED", FakeApiServer.ItemJson("c", 3))));
        var events = await WatchAsync();
        Assert.Equal([(WatchEventType.Bookmark, "2"), (WatchEventType.Added, "3")], events.Select(e => (e.Type, e.ResourceVersion)));
        Assert.True(log.Contains("ns/bad"));
    }

    [Fact]
    public async Task A_deleted_object_that_cannot_be_read_makes_the_version_count_as_expired()
    {
        server.Watches.Enqueue(FakeApiServer.Lines(false, FakeApiServer.EventJson("DELETED", FakeApiServer.ItemJson("bad", 2, "\"size\":\"large\""))));
        Assert.True((await Assert.ThrowsAsync<KubeApiException>(WatchAsync)).IsExpired);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"type":"RENAMED","object":{"metadata":{"name":"a","resourceVersion":"1"}}}""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"name":"a"}}}""")]
    [InlineData("""{"type":"ADDED","object":null}""")]
    public async Task A_line_that_is_no_event_is_an_error(string line)
    {
        server.Watches.Enqueue(FakeApiServer.Lines(false, line));
        await Assert.ThrowsAsync<InvalidDataException>(WatchAsync);
    }

    [Theory]
    [InlineData(410, true)]
    [InlineData(500, false)]
    public async Task An_error_event_is_thrown_with_the_code_it_holds(int code, bool expired)
    {
        server.Watches.Enqueue(FakeApiServer.Lines(false, FakeApiServer.EventJson("ERROR", FakeApiServer.StatusJson(code, "Expired", "too old"))));
        var e = await Assert.ThrowsAsync<KubeApiException>(WatchAsync);
        Assert.Equal(((HttpStatusCode)code, expired), (e.StatusCode, e.IsExpired));
    }

    private static Task<Widget> PatchAsync(KubeClient client, byte[] body) =>
        client.PatchAsync(Widget.Type, Key, new Patch(PatchKind.Merge, body), null, CancellationToken.None);

    private async Task<List<WatchEvent<Widget>>> WatchAsync()
    {
        using var client = server.Client(log: log);
        var events = new List<WatchEvent<Widget>>();
        await foreach (var e in client.WatchAsync(Widget.Type, new WatchOptions("1"), CancellationToken.None))
        {
            events.Add(e);
        }

        return events;
    }
}

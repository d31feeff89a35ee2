using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.Runtime.Events;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Events;

public sealed class EventRecorderTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MemoryApi api = new();
    private readonly RecordingLogger log = new();
    private readonly CancellationTokenSource stop = new();
    private readonly EventRecorder recorder;
    private readonly Task running;

    public EventRecorderTests()
    {
        recorder = new EventRecorder(api, new EventRecorderOptions { Controller = "example.com/op", Instance = new string('i', 200), Burst = 5, PerSecond = 1 }, time, log);
        running = recorder.RunAsync(stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Eventually.WithinAsync(running);
        stop.Dispose();
    }

    [Fact]
    public async Task An_event_has_all_that_the_api_requires_and_finds_its_object()
    {
        Record("a", "Rotated", new string('n', 2000));
        await RequestsAsync(1);
        var written = JsonNode.Parse(api.Bodies.Single())!;
        Assert.StartsWith("create /apis/events.k8s.io/v1/namespaces/ns/events/a.", api.Requests.Single(), StringComparison.Ordinal);
        Assert.Equal("2026-01-02T03:04:05.000000Z", written["eventTime"]!.GetValue<string>());
        Assert.Equal(("Rotated", "Rotated", "Normal"), (Text(written, "action"), Text(written, "reason"), Text(written, "type")));
        Assert.Equal(("uid-a", "7", "Widget", "example.com/v1"), (
            Text(written["regarding"]!, "uid"), Text(written["regarding"]!, "resourceVersion"), Text(written["regarding"]!, "kind"), Text(written["regarding"]!, "apiVersion")));
        // The API server counts bytes, and the mark of the cut takes three.
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Text(written, "note")), 1022, 1024);
        Assert.Equal(128, Text(written, "reportingInstance").Length);
    }

    [Fact]
    public async Task Repetitions_raise_the_count_of_one_event_at_first_at_once_and_then_once_a_minute()
    {
        Record("a", "Failed", "boom");
        Record("a", "Failed", "boom");
        await RequestsAsync(2);
        Record("a", "Failed", "boom");
        Record("a", "Failed", "boom");
        Record("marker", "Seen", "what came before it has been taken");
        await RequestsAsync(3);
        time.Advance(TimeSpan.FromMinutes(1.5));
        Record("a", "Failed", "boom");
        await RequestsAsync(4);
        Assert.Equal(["create", "patch", "create", "patch"], api.Requests.Select(r => r.Split(' ')[0]));
        Assert.Equal("""{"series":{"count":5,"lastObservedTime":"2026-01-02T03:05:35.000000Z"}}""", api.Bodies.Last());
    }

    [Fact]
    public async Task Other_objects_reasons_and_notes_are_other_events()
    {
        Record("a", "Failed", "boom");
        Record("b", "Failed", "boom");
        Record("a", "Broken", "boom");
        Record("a", "Failed", "bang");
        await RequestsAsync(4);
        Assert.All(api.Requests, r => Assert.StartsWith("create", r, StringComparison.Ordinal));
        Assert.Equal(4, api.Requests.Distinct().Count());
    }

    [Fact]
    public async Task After_the_window_the_same_is_a_new_event()
    {
        Record("a", "Failed", "boom");
        await RequestsAsync(1);
        time.Advance(TimeSpan.FromMinutes(11));
        Record("a", "Failed", "boom");
        await RequestsAsync(2);
        Assert.All(api.Requests, r => Assert.StartsWith("create", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_the_server_has_forgotten_is_made_anew()
    {
        Record("a", "Failed", "boom");
        await RequestsAsync(1);
        api.Remove(api.Requests.Single().Split(' ')[1]);
        Record("a", "Failed", "boom");
        await RequestsAsync(3);
        Assert.Equal(["create", "patch", "create"], api.Requests.Select(r => r.Split(' ')[0]));
    }

    [Fact]
    public async Task More_than_the_rate_is_dropped_and_never_waited_for()
    {
        for (var i = 0; i < 20; i++)
        {
            Record($"o{i}", "Failed", "boom");
        }

        await RequestsAsync(5);
        time.Advance(TimeSpan.FromSeconds(2));
        Record("x", "Failed", "boom");
        await Eventually.HoldsAsync(() => api.Requests.Last().Contains("/x.", StringComparison.Ordinal), "the event after a while");
        Assert.Equal(6, api.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_is_logged_and_stops_nothing()
    {
        api.Before = (request, _) => request.Contains("/a.", StringComparison.Ordinal) ? throw MemoryApi.Error(HttpStatusCode.Forbidden, "Forbidden") : Task.CompletedTask;
        Record("a", "Failed", "boom");
        Record("b", "Failed", "boom");
        await RequestsAsync(2);
        await Eventually.HoldsAsync(() => log.Contains("Event Failed of ns/a was not written"), "a log line");
    }

    [Fact]
    public async Task What_waits_and_counts_not_yet_written_are_flushed_at_the_end()
    {
        Record("a", "Failed", "boom");
        Record("a", "Failed", "boom");
        await RequestsAsync(2);
        Record("a", "Failed", "boom");
        await Task.Yield();
        await stop.CancelAsync();
        await Eventually.WithinAsync(running);
        Assert.Contains("\"count\":3", api.Bodies.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flush_that_the_server_does_not_answer_ends_at_its_deadline()
    {
        api.Before = (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        Record("a", "Failed", "boom");
        await RequestsAsync(1);
        Record("b", "Failed", "boom");
        await stop.CancelAsync();
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(1), () => running.IsCompleted, "the flush ends");
        Assert.True(running.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Events_of_cluster_scoped_objects_live_in_default()
    {
        var node = Widget.Of("node", 7, ns: "");
        recorder.Record(node with { Metadata = node.Metadata with { Namespace = null } }, "v1", "Node", true, "Gone", "gone");
        await RequestsAsync(1);
        Assert.Contains("/namespaces/default/events/node.", api.Requests.Single(), StringComparison.Ordinal);
        Assert.Contains("\"type\":\"Warning\"", api.Bodies.Single(), StringComparison.Ordinal);
    }

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();

    private void Record(string name, string reason, string note) =>
        recorder.Record(Widget.Of(name, 7), "example.com/v1", "Widget", false, reason, note);

    private Task RequestsAsync(int count) => Eventually.HoldsAsync(() => api.Requests.Count >= count, $"{count} requests");
}

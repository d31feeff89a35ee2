using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.Runtime.Admission;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.Admission;

public sealed class AdmissionEndpointTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly RecordingLogger log = new();
    private readonly WebhookServer server;

    public AdmissionEndpointTests() => server = new WebhookServer(new MemoryApi(), time, log);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_handler_sees_the_typed_request_and_an_allowed_answer_repeats_the_uid()
    {
        AdmissionRequest<Widget>? seen = null;
        server.Judge = r =>
        {
            seen = r;
            return ValueTask.FromResult(AdmissionVerdict.Allow with { Warnings = ["careful"] });
        };
        var answer = await AnswerAsync(WebhookServer.Review("the-uid", "UPDATE", old: """{"metadata":{"name":"a"},"size":2}"""));
        Assert.Equal(("the-uid", true, "careful"), (Text(answer, "uid"), answer["allowed"]!.GetValue<bool>(), answer["warnings"]![0]!.GetValue<string>()));
        Assert.Null(answer["status"]);
        Assert.Equal((AdmissionOperation.Update, 3, 2, "carol", true, "ns/a"), (seen!.Operation, seen.Object!.Size, seen.OldObject!.Size, seen.UserName, seen.DryRun, seen.Key.ToString()));
    }

    [Fact]
    public async Task An_object_of_a_deleted_collection_is_called_by_its_own_name()
    {
        AdmissionRequest<Widget>? seen = null;
        server.Judge = r =>
        {
            seen = r;
            return ValueTask.FromResult(AdmissionVerdict.Allow);
        };
        await AnswerAsync(WebhookServer.Review(operation: "DELETE", obj: null, old: """{"metadata":{"name":"b","namespace":"ns"}}""").Replace("\"name\":\"a\"", "\"name\":\"\"", StringComparison.Ordinal));
        Assert.Equal("ns/b", seen!.Key.ToString());
    }

    [Fact]
    public async Task A_denial_says_code_reason_and_message()
    {
        server.Judge = _ => ValueTask.FromResult(new AdmissionVerdict(false, "Conflict", 409, "she holds \"a\" token"));
        var answer = await AnswerAsync(WebhookServer.Review());
        Assert.False(answer["allowed"]!.GetValue<bool>());
        Assert.Equal((409, "Conflict", "she holds \"a\" token"), (answer["status"]!["code"]!.GetValue<int>(), Text(answer["status"]!, "reason"), Text(answer["status"]!, "message")));
    }

    [Fact]
    public async Task A_message_of_any_length_is_cut_between_characters()
    {
        server.Judge = _ => ValueTask.FromResult(AdmissionVerdict.Deny(string.Concat(Enumerable.Repeat("😀", 100_000))));
        var message = Text((await AnswerAsync(WebhookServer.Review()))["status"]!, "message");
        Assert.InRange(message.Length, 32 * 1024 - 2, 32 * 1024);
        Assert.EndsWith("😀…", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mutating_handler_reads_any_object_and_answers_with_a_patch()
    {
        server.Mutate = r => ValueTask.FromResult(AdmissionVerdict.Allow with { JsonPatch = Encoding.UTF8.GetBytes($"[\"{r.Object!.Metadata.Name}\"]") });
        var answer = await AnswerAsync(WebhookServer.Review(obj: """{"metadata":{"name":"a"},"size":"not a number"}"""), "/mutate");
        Assert.Equal(("JSONPatch", "[\"a\"]"), (Text(answer, "patchType"), Encoding.UTF8.GetString(Convert.FromBase64String(Text(answer, "patch")))));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "no JSON")]
    [InlineData("null", "no JSON")]
    [InlineData("{}", "kind must be")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}""", "request is missing")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":7}""", "no JSON")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{}}""", "uid is missing")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":7}}""", "no JSON")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{"uid":"u"}}""", "apiVersion")]
    [InlineData("""{"kind":"Pod","apiVersion":"admission.k8s.io/v1","request":{"uid":"u"}}""", "kind must be")]
    public async Task What_is_no_review_is_a_bad_request_that_says_why(string body, string why)
    {
        using var response = await server.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(why, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Malformed() => new()
    {
        { WebhookServer.Review(kind: "Gadget"), "this endpoint judges example.com/v1 Widget" },
        { WebhookServer.Review(uid: ""), "uid is missing" },
        { WebhookServer.Review(operation: "PAINT"), "operation" },
        { WebhookServer.Review(obj: null), "request.object is missing" },
        { WebhookServer.Review(operation: "UPDATE"), "oldObject is missing" },
        { WebhookServer.Review(operation: "DELETE", obj: null), "oldObject is missing" },
        { WebhookServer.Review()[..^20], "no JSON" },
        { WebhookServer.Review() + "{}", "no JSON" },
        { WebhookServer.Review(more: $",\"deep\":{new string('[', 100_000)}"), "no JSON" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_review_that_is_not_for_this_endpoint_or_not_whole_is_a_bad_request(string body, string why) =>
        await What_is_no_review_is_a_bad_request_that_says_why(body, why);

    [Fact]
    public async Task Invalid_utf8_is_a_bad_request()
    {
        var bytes = Encoding.UTF8.GetBytes(WebhookServer.Review(uid: "XX"));
        bytes[Array.IndexOf(bytes, (byte)'X')] = 0xFF;
        using var response = await server.PostAsync(new ByteArrayContent(bytes));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Nesting_as_deep_as_real_objects_have_it_is_read()
    {
        var deep = $"{{\"metadata\":{{\"name\":\"a\"}},\"other\":{new string('[', 50)}{new string(']', 50)}}}";
        Assert.True((await AnswerAsync(WebhookServer.Review(obj: deep)))["allowed"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ten_megabytes_are_refused_whether_announced_or_not(bool announced)
    {
        var bytes = new byte[10 * 1024 * 1024];
        HttpContent content = announced ? new ByteArrayContent(bytes) : new StreamContent(new UnknownLengthStream(bytes));
        try
        {
            using var response = await server.PostAsync(content);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
        catch (HttpRequestException e)
        {
            // The server may close the connection while the rest is still being sent.
            Assert.IsAssignableFrom<IOException>(e.InnerException);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? contentType)
    {
        using var response = await server.PostAsync(WebhookServer.Review(), contentType: contentType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_is_denied_without_quoting_it()
    {
        var answer = await AnswerAsync(WebhookServer.Review(obj: """{"metadata":{"name":"a"},"size":"top-secret"}"""));
        Assert.False(answer["allowed"]!.GetValue<bool>());
        Assert.Contains("$.size", Text(answer["status"]!, "message"), StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_throws_is_a_denial_and_the_cause_stays_in_the_log(bool later)
    {
        server.Judge = async _ =>
        {
            if (later)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("internal detail");
        };
        var answer = await AnswerAsync(WebhookServer.Review());
        Assert.Equal(500, answer["status"]!["code"]!.GetValue<int>());
        Assert.Contains("not knowing is a denial", Text(answer["status"]!, "message"), StringComparison.Ordinal);
        Assert.DoesNotContain("internal detail", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.True(log.Contains("internal detail"));
    }

    [Theory]
    [InlineData("/validate", 8)]
    [InlineData("/validate?timeout=30s", 8)]
    [InlineData("/validate?timeout=5s", 4.5)]
    [InlineData("/validate?timeout=nonsense", 8)]
    [InlineData("/validate?timeout=-1s", 8)]
    public async Task A_handler_that_hangs_is_a_denial_before_the_api_server_gives_up(string path, double seconds)
    {
        var called = new TaskCompletionSource();
        server.Judge = async _ =>
        {
            called.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
            return AdmissionVerdict.Allow;
        };
        var answering = AnswerAsync(WebhookServer.Review(), path);
        await Eventually.WithinAsync(called.Task);
        time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.False(answering.IsCompleted);
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(0.1), () => answering.IsCompleted, "the denial");
        Assert.Equal(504, (await answering)["status"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Unknown_paths_and_methods_are_refused_and_no_port_answers_for_another()
    {
        using var unknown = await server.PostAsync(WebhookServer.Review(), "/other");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var webhookOnMetrics = await server.GetAsync(true, "/validate");
        Assert.Equal(HttpStatusCode.NotFound, webhookOnMetrics.StatusCode);
        using var metricsOnHealth = await server.GetAsync(false, "/metrics");
        Assert.Equal(HttpStatusCode.NotFound, metricsOnHealth.StatusCode);
    }

    [Fact]
    public async Task Requests_are_counted_by_webhook_and_code()
    {
        await AnswerAsync(WebhookServer.Review());
        using var refused = await server.PostAsync("{}");
        using var response = await server.GetAsync(true, "/metrics");
        var metrics = await response.Content.ReadAsStringAsync();
        Assert.Matches("controller_runtime_webhook_requests_total{webhook=\"/validate\",code=\"200\"} [1-9]", metrics);
        Assert.Matches("controller_runtime_webhook_requests_total{webhook=\"/validate\",code=\"400\"} [1-9]", metrics);
        Assert.Matches("process_resident_memory_bytes [1-9]", metrics);
    }

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();

    private async Task<JsonNode> AnswerAsync(string body, string path = "/validate")
    {
        using var response = await server.PostAsync(body, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var review = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(("AdmissionReview", "admission.k8s.io/v1"), (Text(review, "kind"), Text(review, "apiVersion")));
        return review["response"]!;
    }

    private sealed class UnknownLengthStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.IdpStandIn;

namespace ScimOperator.Dev.Tests;

public sealed class ProvisionerTests
{
    private static readonly ConnectorSecret Secret = new(new Uri("http://account.example.org/scim/v2"), "tok_1", "not-to-be-printed");

    private readonly FakeTimeProvider time = new();
    private readonly Statistics statistics;

    public ProvisionerTests() => statistics = new Statistics(time);

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, 1, 0)]
    [InlineData(HttpStatusCode.Forbidden, 1, 0)]
    [InlineData(HttpStatusCode.Conflict, 0, 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 0, 1)]
    public async Task A_refusal_of_the_token_is_counted_apart_from_other_errors(HttpStatusCode status, int refusals, int errors)
    {
        await StepAsync(new Answering(_ => new HttpResponseMessage(status)));

        var counts = statistics.Snapshot();
        Assert.Equal((1, refusals, errors, 0), (counts.Requests, counts.Refusals, counts.Errors, counts.ConnectionFailures));
        Assert.Contains($"{(int)status}", counts.LastError, StringComparison.Ordinal);
        Assert.Equal(time.GetUtcNow(), counts.LastErrorAt);
    }

    [Fact]
    public async Task A_request_without_an_answer_is_counted_as_neither()
    {
        await StepAsync(new Answering(_ => throw new HttpRequestException("connection refused")));

        var counts = statistics.Snapshot();
        Assert.Equal((0, 0, 0, 1), (counts.Requests, counts.Refusals, counts.Errors, counts.ConnectionFailures));
    }

    [Fact]
    public async Task An_answer_that_is_no_SCIM_is_an_error()
    {
        await StepAsync(new Answering(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>") }));

        Assert.Equal(1, statistics.Snapshot().Errors);
    }

    [Fact]
    public async Task The_token_is_sent_and_only_its_id_is_counted()
    {
        HttpRequestMessage? seen = null;
        await StepAsync(new Answering(request =>
        {
            seen = request;
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"Resources":[]}""") };
        }));

        Assert.Equal("Bearer not-to-be-printed", seen!.Headers.Authorization!.ToString());
        Assert.Equal("http://account.example.org/scim/v2/Users", seen.RequestUri!.GetLeftPart(UriPartial.Path));
        var written = JsonSerializer.Serialize(statistics.Snapshot());
        Assert.Contains("tok_1", written, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret.Token, written + Secret, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Secret_gives_its_three_keys()
    {
        var secret = SecretReader.Parse("""{"data":{"url":"aHR0cDovL2EvYg==","token":"dA==","tokenId":"aWQ="}}""");

        Assert.Equal(("http://a/b", "t", "id"), (secret.Url.AbsoluteUri, secret.Token, secret.TokenId));
    }

    [Fact]
    public void A_Secret_without_a_token_is_refused_by_the_name_of_the_key() =>
        Assert.Contains("token", Assert.Throws<FormatException>(() => SecretReader.Parse("""{"data":{"url":"aHR0cDovL2EvYg=="}}""")).Message, StringComparison.Ordinal);

    private async Task StepAsync(HttpMessageHandler handler)
    {
        using var client = new HttpClient(handler);
        var reader = new SecretReader(client, "ns", "name", statistics, time);
        await new Provisioner(client, reader, new ProvisioningScript(1), statistics, time).StepAsync(Secret, CancellationToken.None);
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}

using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.ApiMachinery;
using ScimOperator.Cli.Cluster;
using ScimOperator.Crds;
using ScimOperator.Runtime.Client;

namespace ScimOperator.Cli.Tests.Cluster;

/// <summary>A watch that goes on whatever the API server does.</summary>
public sealed class ObjectFollowerTests
{
    private readonly MemoryCluster cluster = new("[]");
    private readonly FakeTimeProvider time = new();
    private readonly StringWriter notices = new() { NewLine = "\n" };

    [Fact]
    public async Task What_there_is_comes_first_then_every_change_and_the_end()
    {
        cluster.Put(Document("okta", 1));
        var stream = cluster.AddStream();
        await using var seen = Follow("okta");
        Assert.Equal("okta 1", await NextAsync(seen));
        Send(stream, WatchEventType.Modified, "okta", 2);
        Send(stream, WatchEventType.Modified, "other", 3);
        Send(stream, WatchEventType.Deleted, "okta", 4);
        Assert.Equal("okta 2", await NextAsync(seen));
        Assert.Equal("okta gone", await NextAsync(seen));
        Assert.Equal(["list scimtokens acme metadata.name=okta", "watch scimtokens acme from 100 metadata.name=okta"], cluster.Calls);
    }

    [Fact]
    public async Task Several_are_followed_by_one_watch_and_what_is_missing_is_told()
    {
        cluster.Put(Document("okta", 1));
        cluster.AddStream();
        await using var seen = Follow("okta", "entra");
        Assert.Equal(["entra gone", "okta 1"], new[] { await NextAsync(seen), await NextAsync(seen) }.Order());
        Assert.Equal("list scimtokens acme", cluster.Calls[0]);
    }

    [Fact]
    public async Task A_stream_that_ends_is_taken_up_after_the_last_event()
    {
        cluster.Put(Document("okta", 1));
        var (first, second) = (cluster.AddStream(), cluster.AddStream());
        await using var seen = Follow("okta");
        await NextAsync(seen);
        Send(first, WatchEventType.Modified, "okta", 2);
        first.Writer.Complete();
        Assert.Equal("okta 2", await NextAsync(seen));
        Send(second, WatchEventType.Modified, "okta", 3);
        Assert.Equal("okta 3", await NextAsync(seen));
        Assert.Equal("watch scimtokens acme from 2 metadata.name=okta", cluster.Calls[^1]);
        Assert.Equal("", notices.ToString());
    }

    [Fact]
    public async Task A_version_that_is_too_old_is_listed_again()
    {
        cluster.Put(Document("okta", 1));
        var (first, second) = (cluster.AddStream(), cluster.AddStream());
        await using var seen = Follow("okta");
        await NextAsync(seen);
        cluster.Put();
        first.Writer.TryWrite(() => throw new KubeApiException(HttpStatusCode.Gone, "Expired", "too old"));
        Assert.Equal("okta gone", await NextAsync(seen));
        Send(second, WatchEventType.Added, "okta", 9);
        Assert.Equal("okta 9", await NextAsync(seen));
    }

    [Fact]
    public async Task A_server_that_is_away_is_asked_until_it_answers_and_that_is_said_once()
    {
        cluster.Put(Document("okta", 1));
        cluster.NextListFails = new HttpRequestException("connection refused");
        var (first, second, third) = (cluster.AddStream(), cluster.AddStream(), cluster.AddStream());
        await using var seen = Follow("okta");
        Assert.Equal("okta 1", await NextAsync(seen));
        first.Writer.TryWrite(() => throw new IOException("reset"));
        second.Writer.TryWrite(() => throw new KubeApiException(HttpStatusCode.ServiceUnavailable, "", "not yet"));
        Send(third, WatchEventType.Modified, "okta", 2);
        Assert.Equal("okta 2", await NextAsync(seen));
        Assert.Equal("The API server is lost from sight, and is asked again until it answers: connection refused\n", notices.ToString());
    }

    [Fact]
    public async Task A_refusal_ends_it()
    {
        cluster.NextListFails = new KubeApiException(HttpStatusCode.Forbidden, "Forbidden", "no");
        await using var seen = Follow("okta");
        await Assert.ThrowsAsync<KubeApiException>(() => NextAsync(seen));
    }

    private static void Send(Channel<Func<object>> stream, WatchEventType type, string name, int version) => stream.Writer.TryWrite(() => new WatchEvent<ScimToken>(
        type, new ScimToken { Metadata = new ObjectMeta { Name = name, Namespace = "acme", ResourceVersion = $"{version}" } }, $"{version}"));

    private static string Document(string name, int version) =>
        $$$"""{"kind":"ScimToken","metadata":{"name":"{{{name}}}","namespace":"acme","resourceVersion":"{{{version}}}"}}""";

    private IAsyncEnumerator<ObjectSighting<ScimToken>> Follow(params string[] names) =>
        new ObjectFollower(cluster, time, notices).FollowAsync(ResourceTypes.ScimTokens, "acme", names, CancellationToken.None).GetAsyncEnumerator();

    /// <summary>The next sighting; pauses on the way are over at once.</summary>
    private async Task<string> NextAsync(IAsyncEnumerator<ObjectSighting<ScimToken>> seen)
    {
        var next = seen.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.True(await next);
        return seen.Current.Object is { } token ? $"{token.Metadata.Name} {token.Metadata.ResourceVersion}" : $"{seen.Current.Name} gone";
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ScimOperator.ApiMachinery;
using ScimOperator.Runtime.LeaderElection;
using ScimOperator.Runtime.Tests.Support;

namespace ScimOperator.Runtime.Tests.LeaderElection;

public sealed class LeaderElectorTests : IAsyncDisposable
{
    private const string Path = "/apis/coordination.k8s.io/v1/namespaces/ns/leases/op";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MemoryApi api = new();
    private readonly RecordingLogger log = new();
    private readonly List<Candidate> candidates = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var candidate in candidates)
        {
            await candidate.Stop.CancelAsync();
            candidate.Finish.TrySetResult();
            await Eventually.WithinAsync(candidate.Run);
        }
    }

    [Fact]
    public async Task The_first_candidate_leads_at_once_and_the_second_waits()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        var b = Start("b");
        await Eventually.HoldsAsync(() => log.Contains("held by a"), "b sees a");
        Assert.False(b.Leads);
        Assert.Equal("a", Spec("holderIdentity"));
        Assert.Equal("2026-01-02T03:04:05.000000Z", Spec("renewTime"));
    }

    [Fact]
    public async Task A_leader_that_renews_is_never_overtaken()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        var b = Start("b");
        for (var i = 0; i < 120; i++)
        {
            time.Advance(Step);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        Assert.True(a.Leads);
        Assert.False(b.Leads);
    }

    [Fact]
    public async Task A_leader_that_stops_releases_the_lease_after_its_work_and_the_next_need_not_wait_for_expiry()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        var b = Start("b");
        await a.Stop.CancelAsync();
        await Eventually.HoldsAsync(time, TimeSpan.FromSeconds(1), () => api.Requests.Count > 6, "a renews while it drains");
        Assert.Equal("a", Spec("holderIdentity"));
        var stopped = time.GetUtcNow();
        a.Finish.SetResult();
        Assert.Equal(LeadershipEnd.Stopped, await Eventually.WithinAsync(a.Run));
        await Eventually.HoldsAsync(time, Step, () => b.Leads, "b leads");
        Assert.True(time.GetUtcNow() - stopped < TimeSpan.FromSeconds(15));
        Assert.Equal("1", Spec("leaseTransitions"));
    }

    [Fact]
    public async Task A_dead_leaders_lease_is_taken_only_after_it_was_seen_unchanged_for_its_duration()
    {
        // Written by a machine whose clock is a year ahead: only our own clock counts.
        api.Put(Path, JsonNode.Parse(
            """{"metadata":{"name":"op","namespace":"ns"},"spec":{"holderIdentity":"dead","leaseDurationSeconds":15,"renewTime":"2027-01-01T00:00:00.000000Z","leaseTransitions":4}}""")!.AsObject());
        var begun = time.GetUtcNow();
        var a = Start("a");
        await Eventually.HoldsAsync(time, Step, () => a.Leads, "a leads");
        Assert.InRange(time.GetUtcNow() - begun, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
        Assert.Equal("5", Spec("leaseTransitions"));
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_gives_up_before_another_may_lead()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        var begun = time.GetUtcNow();
        api.Before = (_, _) => throw new HttpRequestException("no route to host");
        await Eventually.HoldsAsync(time, Step, () => a.Run.IsCompleted, "a gives up");
        Assert.Equal(LeadershipEnd.LeadershipLost, await a.Run);
        Assert.True(a.Lost.IsCancellationRequested);
        Assert.InRange(time.GetUtcNow() - begun, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_leader_whose_api_server_hangs_gives_up_at_the_renew_deadline()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        var begun = time.GetUtcNow();
        api.Before = (_, ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        await Eventually.HoldsAsync(time, Step, () => a.Run.IsCompleted, "a gives up");
        Assert.Equal(LeadershipEnd.LeadershipLost, await a.Run);
        Assert.True(time.GetUtcNow() - begun < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_leader_that_finds_another_in_its_lease_gives_up_at_once()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        var stolen = api[Path]!;
        stolen["spec"]!["holderIdentity"] = "thief";
        api.Put(Path, stolen);
        await Eventually.HoldsAsync(time, Step, () => a.Run.IsCompleted, "a gives up");
        Assert.Equal(LeadershipEnd.LeadershipLost, await a.Run);
        Assert.Equal("thief", Spec("holderIdentity"));
    }

    [Fact]
    public async Task An_edit_of_the_lease_by_hand_does_not_end_leadership()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        var edited = api[Path]!;
        edited["metadata"]!["labels"] = new JsonObject { ["by"] = "hand" };
        api.Put(Path, edited);
        var version = Version();
        await Eventually.HoldsAsync(time, Step, () => Version() > version, "a renews");
        Assert.True(a.Leads);
        Assert.Equal("hand", api[Path]!["metadata"]!["labels"]!["by"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_deleted_lease_is_made_again_by_its_leader()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        api.Remove(Path);
        await Eventually.HoldsAsync(time, Step, () => api[Path] is not null, "the lease is back");
        Assert.True(a.Leads);
    }

    [Fact]
    public async Task Of_two_that_create_the_lease_at_the_same_time_one_leads()
    {
        var both = new TaskCompletionSource();
        var creates = 0;
        api.Before = async (request, _) =>
        {
            if (request.StartsWith("create", StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref creates) == 2)
                {
                    both.SetResult();
                }

                await both.Task;
            }
        };
        var a = Start("a");
        var b = Start("b");
        await Eventually.HoldsAsync(() => a.Leads || b.Leads, "one leads");
        await Eventually.HoldsAsync(() => log.Contains("leads"), "it says so");
        Assert.True(a.Leads ^ b.Leads);
    }

    [Fact]
    public async Task A_candidate_goes_on_trying_while_the_api_server_fails()
    {
        api.Before = (_, _) => throw MemoryApi.Error(HttpStatusCode.InternalServerError, "InternalError");
        var a = Start("a");
        await Eventually.HoldsAsync(time, Step, () => api.Requests.Count > 3, "attempts");
        Assert.False(a.Leads);
        api.Before = (_, _) => Task.CompletedTask;
        await Eventually.HoldsAsync(time, Step, () => a.Leads, "a leads");
    }

    [Fact]
    public async Task A_candidate_that_is_told_to_stop_leaves_the_lease_alone()
    {
        var a = Start("a");
        await Eventually.HoldsAsync(() => a.Leads, "a leads");
        var b = Start("b");
        await b.Stop.CancelAsync();
        Assert.Equal(LeadershipEnd.Stopped, await Eventually.WithinAsync(b.Run));
        Assert.Equal("a", Spec("holderIdentity"));
    }

    [Fact]
    public async Task An_error_of_the_leaders_work_is_passed_on_after_the_release()
    {
        var elector = New("a");
        var run = elector.RunAsync(_ => throw new InvalidOperationException("bug"), CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Eventually.WithinAsync(run));
        Assert.Equal("", Spec("holderIdentity"));
    }

    [Theory]
    [InlineData(10, 10, 2)]
    [InlineData(15, 2, 2)]
    [InlineData(15, 10, 0)]
    public void Durations_that_make_no_sense_are_refused(int lease, int renew, int retry)
    {
        var options = new LeaderElectionOptions
        {
            Lease = new ObjectKey("ns", "op"),
            Identity = "a",
            LeaseDuration = TimeSpan.FromSeconds(lease),
            RenewDeadline = TimeSpan.FromSeconds(renew),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        };
        Assert.Throws<ArgumentException>(() => new LeaderElector(api, options, time, log));
    }

    private LeaderElector New(string identity) => new(
        api, new LeaderElectionOptions { Lease = new ObjectKey("ns", "op"), Identity = identity, Random = new Random(1) }, time, log);

    private Candidate Start(string identity)
    {
        var candidate = new Candidate(New(identity));
        candidates.Add(candidate);
        return candidate;
    }

    private string Spec(string field) => api[Path]!["spec"]![field]!.ToString();

    private int Version() => int.Parse(api[Path]!["metadata"]!["resourceVersion"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Candidate
    {
        private readonly LeaderElector elector;

        public Candidate(LeaderElector elector)
        {
            this.elector = elector;
            Run = elector.RunAsync(LeadAsync, Stop.Token);
        }

        public CancellationTokenSource Stop { get; } = new();

        public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Lost { get; private set; }

        public Task<LeadershipEnd> Run { get; }

        public bool Leads => elector.IsLeader;

        private async Task LeadAsync(CancellationToken lost)
        {
            Lost = lost;
            await Finish.Task;
        }
    }
}

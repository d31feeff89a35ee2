using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using ScimOperator.ControlPlanes;
using ScimOperator.DevEnvironments;

namespace ScimOperator.Chaos.Tests.Observation;

/// <summary>
/// Uses the token of one Secret without pause, reading the Secret now and then as a connector does. With a cut-over that is
/// Verified it must never be refused: who is refused with what was read last has found a gap.
/// </summary>
internal sealed class IdentityProvider(Cluster cluster, BackendApi account, string ns, string secret, IdentityProviderPace pace, TimeProvider time)
{
    private readonly ConcurrentQueue<Refusal> refusals = new();
    private readonly List<string> used = [];
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PublishedToken? current;

    /// <summary>Every refusal; empty is what must hold.</summary>
    internal IReadOnlyCollection<Refusal> Refusals => refusals;

    /// <summary>Answers of the account.</summary>
    internal long Calls { get; private set; }

    /// <summary>Calls without an answer: the account itself was away.</summary>
    internal long Unanswered { get; private set; }

    /// <summary>Answers that were errors, but no refusals.</summary>
    internal long Errors { get; private set; }

    /// <summary>Ids of the tokens sent, in order.</summary>
    internal IReadOnlyList<string> Used => used;

    /// <summary>Id of the token that it sends.</summary>
    internal string? Current => current?.Id;

    /// <summary>Completes with the first answered call.</summary>
    internal Task FirstCall => first.Task;

    /// <summary>Runs until told to stop.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var read = long.MinValue;
        while (!stop.IsCancellationRequested)
        {
            if (read == long.MinValue || current is null || time.GetElapsedTime(read) >= pace.ReadEvery)
            {
                read = time.GetTimestamp();
                await ReadAsync(stop);
            }

            await (current is { } token ? UseAsync(client, token, stop) : Task.CompletedTask);
            await Task.Delay(pace.Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            current = PublishedToken.Of(await cluster.GetAsync(Cluster.Secret(ns, secret), stop)) ?? current;
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            // It goes on with what it has.
        }
    }

    private async Task UseAsync(HttpClient client, PublishedToken token, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, token.Url + "/Users?startIndex=1&count=1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        try
        {
            using var response = await client.SendAsync(request, stop);
            Calls++;
            if (used.Count == 0 || used[^1] != token.Id)
            {
                used.Add(token.Id);
            }

            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                await ReportAsync(token, $"{(int)response.StatusCode}", stop);
            }
            else if (!response.IsSuccessStatusCode)
            {
                Errors++;
            }

            first.TrySetResult();
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            Unanswered += stop.IsCancellationRequested ? 0 : 1;
        }
    }

    private async Task ReportAsync(PublishedToken token, string answer, CancellationToken stop)
    {
        var at = time.GetUtcNow();
        string? now = null;
        var cause = "the account's audit log could not be read";
        try
        {
            now = PublishedToken.Of(await cluster.GetAsync(Cluster.Secret(ns, secret), stop))?.Id;
            cause = await AuditTrail.WhyAsync(account, token.Id, stop);
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            // The refusal counts all the same.
        }

        refusals.Enqueue(new Refusal(at, $"{ns}/{secret}", token.Id, answer, now, cause));
        // It looks again, as a connector that was refused would.
        current = null;
    }

    private static bool IsOutage(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or ControlPlaneException;
}

using System.Diagnostics;
using System.Text;

namespace ScimOperator.Bench;

/// <summary>What came of one operation on one server.</summary>
/// <param name="PerSecond">Requests answered per second.</param>
/// <param name="P50">Half of the requests took no longer, in milliseconds.</param>
/// <param name="P99">99 of 100 took no longer, in milliseconds.</param>
internal sealed record Measurement(string Operation, string Server, int Users, double PerSecond, double P50, double P99)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <exception cref="BenchException">A request was answered with something else than what it asks for.</exception>
    public static async Task<Measurement> TakeAsync(Subject subject, Operation operation, int connections, int seconds)
    {
        var sent = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(c => SendAsync(subject, operation, c, connections, sent, WarmUp, null)));
        var start = Stopwatch.GetTimestamp();
        var times = Enumerable.Range(0, connections).Select(_ => new List<double>()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(c =>
            SendAsync(subject, operation, c, connections, start, TimeSpan.FromSeconds(seconds), times[c])));
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var all = times.SelectMany(t => t).Order().ToArray();
        return new Measurement(operation.Name, subject.Name, subject.Users, all.Length / elapsed, all[all.Length / 2], all[(int)(all.Length * 0.99)]);
    }

    private static async Task SendAsync(Subject subject, Operation operation, int index, int connections, long start, TimeSpan duration, List<double>? times)
    {
        // Apart from everybody else's, and from those of the time before.
        var number = start + index;
        var random = new Random(index);
        var contains = operation.Contains is { } text ? Encoding.UTF8.GetBytes(text) : [];
        using var connection = await subject.OpenAsync();
        for (; Stopwatch.GetElapsedTime(start) < duration; number += connections)
        {
            var (method, path, body) = operation.Request(subject, random, number);
            var sent = Stopwatch.GetTimestamp();
            var (status, answer) = await connection.SendAsync(method, path, body);
            times?.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            if (!operation.Statuses.Contains(status) || answer.Span.IndexOf(contains) < 0)
            {
                throw new BenchException($"{subject.Name} answered {method} {path} with {status}: {Encoding.UTF8.GetString(answer.Span)}");
            }
        }
    }
}

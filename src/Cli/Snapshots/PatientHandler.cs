using System.Net;

namespace ScimOperator.Cli.Snapshots;

/// <summary>
/// Waits as long as a busy account asks (429 with Retry-After) and asks again. The operator comes back later instead; a
/// command that somebody waits for has no later.
/// </summary>
internal sealed class PatientHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>The longest that one call may take with all its waiting.</summary>
    internal static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(3);

    private const int MostAttempts = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            // Only what has no body can be sent twice.
            if (response.StatusCode != HttpStatusCode.TooManyRequests || request.Content is not null || attempt == MostAttempts)
            {
                return response;
            }

            var pause = Pause(response);
            response.Dispose();
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private TimeSpan Pause(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => TimeSpan.FromSeconds(1),
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked > LongestPause ? LongestPause : asked;
    }
}

using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Prometheus;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>
/// Answers the API server's reviews for one kind. A request that is no review gets an HTTP error; every review gets a
/// verdict: when the handler fails or is too slow, a denial that says so, for not knowing is no reason to allow.
/// </summary>
internal sealed class AdmissionEndpoint<T> : IAdmissionEndpoint
    where T : class, IKubernetesObject
{
    // What the API server needs to receive the answer, out of the time it gave.
    private static readonly TimeSpan Headroom = TimeSpan.FromMilliseconds(500);

    private readonly string path;
    private readonly IAdmissionHandler<T> handler;
    private readonly AdmissionReviewReader<T> reader;
    private readonly AdmissionOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Counter.Child answered;
    private readonly Histogram.Child latency;
    private readonly Gauge.Child inFlight;

    public AdmissionEndpoint(
        string path, ResourceType<T> type, IAdmissionHandler<T> handler, AdmissionOptions options, TimeProvider time, ILogger logger)
    {
        this.path = path;
        this.handler = handler;
        this.options = options;
        this.time = time;
        this.logger = logger;
        reader = new AdmissionReviewReader<T>(type, options.MaxDepth);
        answered = RuntimeMetrics.WebhookRequests.WithLabels(path, "200");
        latency = RuntimeMetrics.WebhookLatency.WithLabels(path);
        inFlight = RuntimeMetrics.WebhookInFlight.WithLabels(path);
    }

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        inFlight.Inc();
        try
        {
            var review = await ReadAsync(context.Request);
            var verdict = review.Request is { } request
                ? await JudgeAsync(request, Allowance(context.Request.Query), context.RequestAborted)
                : new AdmissionVerdict(false, "BadRequest", 400, $"denied: {review.Unreadable}");
            answered.Inc();
            await AnswerAsync(context.Response, review.Uid, verdict);
        }
        catch (MalformedReviewException e)
        {
            await RefuseAsync(context.Response, e.Code, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context.Response, e.StatusCode, e.Message);
        }
        finally
        {
            inFlight.Dec();
            latency.Observe(time.GetElapsedTime(started).TotalSeconds);
        }
    }

    private async ValueTask<AdmissionReview<T>> ReadAsync(HttpRequest request)
    {
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new MalformedReviewException(StatusCodes.Status415UnsupportedMediaType, "Content-Type must be application/json");
        }

        if (request.ContentLength > options.MaxBodyBytes)
        {
            throw TooLarge();
        }

        using var deadline = new CancellationTokenSource(options.ReadTimeout, time);
        try
        {
            return await ReadBodyAsync(request, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new MalformedReviewException(StatusCodes.Status408RequestTimeout, "the body did not arrive in time");
        }
    }

    private async ValueTask<AdmissionReview<T>> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var pipe = request.BodyReader;
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var body = result.Buffer;
            if (body.Length > options.MaxBodyBytes)
            {
                pipe.AdvanceTo(body.End);
                throw TooLarge();
            }

            if (result.IsCompleted)
            {
                try
                {
                    return Parse(body);
                }
                finally
                {
                    pipe.AdvanceTo(body.End);
                }
            }

            pipe.AdvanceTo(body.Start, body.End);
        }
    }

    private AdmissionReview<T> Parse(ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty)
        {
            throw new MalformedReviewException(400, "the body is empty");
        }

        if (body.IsSingleSegment)
        {
            return reader.Read(body.FirstSpan);
        }

        var length = (int)body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(buffer);
            return reader.Read(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<AdmissionVerdict> JudgeAsync(AdmissionRequest<T> request, TimeSpan allowance, CancellationToken aborted)
    {
        using var timeout = new CancellationTokenSource(allowance, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted, timeout.Token);
        try
        {
            var verdict = handler.HandleAsync(request, deadline.Token);
            return verdict.IsCompletedSuccessfully
                ? verdict.Result
                : await verdict.AsTask().WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Log.AdmissionTimedOut(logger, path, request.Key, allowance);
            return new AdmissionVerdict(
                false, "Timeout", 504, $"denied: no verdict on {request.Key} within {allowance.TotalSeconds:0.#} s, and not knowing is a denial; try again");
        }
#pragma warning disable CA1031 // Fail closed, whatever it was.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.AdmissionFailed(logger, path, request.Key, e);
            return new AdmissionVerdict(
                false, "InternalError", 500, $"denied: judging {request.Key} failed ({e.GetType().Name}), and not knowing is a denial; the operator's log has the cause; try again");
        }
    }

    /// <summary>The shorter of our time-out and the API server's (?timeout=10s), less what the answer needs to arrive.</summary>
    private TimeSpan Allowance(IQueryCollection query)
    {
        var text = query.TryGetValue("timeout", out var value) ? value.ToString() : "";
        if (!text.EndsWith('s')
            || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || seconds is <= 0 or > 60)
        {
            return options.Timeout;
        }

        var asked = TimeSpan.FromSeconds(seconds);
        asked = asked > Headroom * 2 ? asked - Headroom : asked / 2;
        return asked < options.Timeout ? asked : options.Timeout;
    }

    private async Task AnswerAsync(HttpResponse response, string uid, AdmissionVerdict verdict)
    {
        var bytes = AdmissionAnswer.Write(uid, verdict, options.MaxMessageLength);
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        response.BodyWriter.Write(bytes);
        await response.BodyWriter.FlushAsync();
    }

    private async Task RefuseAsync(HttpResponse response, int code, string message)
    {
        RuntimeMetrics.WebhookRequests.WithLabels(path, code.ToString(CultureInfo.InvariantCulture)).Inc();
        Log.AdmissionRefused(logger, path, code, message);
        response.StatusCode = code;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(message);
    }

    private MalformedReviewException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, $"the body is larger than {options.MaxBodyBytes} bytes");
}

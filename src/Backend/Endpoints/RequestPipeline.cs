using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Endpoints;

/// <summary>Around every request: turns what went wrong into an answer, and logs one line at debug level.</summary>
internal sealed class RequestPipeline(BackendServices services)
{
    public const long MaxBodyBytes = 1 << 20;

    public void Use(IApplicationBuilder app) => app.Use(next => context => InvokeAsync(context, next));

    private async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var start = services.Time.GetTimestamp();
        try
        {
            await AnswerAsync(context, next);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }

        if (services.Logger.IsEnabled(LogLevel.Debug))
        {
            var elapsed = services.Time.GetElapsedTime(start).TotalMilliseconds;
            Log.Answered(services.Logger, context.Request.Method, context.Request.Path, context.Response.StatusCode, elapsed);
        }
    }

    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        Refusal refusal;
        try
        {
            await next(context);
            if (context.Response.HasStarted || Unrouted(context) is not { } unrouted)
            {
                return;
            }

            refusal = unrouted;
        }
        catch (RefusedException e)
        {
            refusal = e.Refusal;
        }
        catch (BadHttpRequestException e)
        {
            refusal = e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Refusals.TooLarge(MaxBodyBytes)
                : Refusals.Invalid(null, "The request is not valid HTTP.");
        }
        catch (StoreUnavailableException e)
        {
            Log.StoreUnavailable(services.Logger, e);
            refusal = e.OutcomeUnknown ? Refusals.OutcomeUnknown() : Refusals.Unavailable();
        }
#pragma warning disable CA1031 // The last line of defence: the caller gets a plain answer, the log gets the exception.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(services.Logger, e, context.Request.Method, context.Request.Path);
            refusal = Refusals.InternalError();
        }

        if (!context.Response.HasStarted)
        {
            await ErrorResponses.WriteAsync(context, refusal);
        }
    }

    private static Refusal? Unrouted(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when context.GetEndpoint() is null => Refusals.NoSuchRoute(context.Request.Path),
        StatusCodes.Status405MethodNotAllowed => Refusals.MethodNotAllowed(context.Request.Method, context.Request.Path),
        _ => null,
    };
}

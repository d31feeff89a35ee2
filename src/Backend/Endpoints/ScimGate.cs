using Microsoft.AspNetCore.Http;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Endpoints;

/// <summary>Lets a request into the SCIM service if it carries a live token of an active admin.</summary>
internal sealed class ScimGate(BackendServices services)
{
    /// <summary>Wraps a handler, which is given the actor for the audit log.</summary>
    public RequestDelegate Guard(Func<HttpContext, string, Task> handler) => async context =>
    {
        var tokenId = await RequireTokenAsync(context);
        var actor = "token:" + tokenId;
        if (services.Limiter?.Take(actor) is { Ticks: > 0 } wait)
        {
            throw Refusals.RateLimited(wait).AsException();
        }

        services.LastUse?.Record(tokenId);
        await handler(context, actor);
    };

    private async Task<string> RequireTokenAsync(HttpContext context)
    {
        if (Bearer.Of(context) is not { } presented)
        {
            throw Refusals.Unauthorized("The SCIM service needs a token: send the header Authorization: Bearer <token>.").AsException();
        }

        if (TokenValue.HashIfWellFormed(presented) is not { } hash)
        {
            throw Refusals.Unauthorized("What was sent is no SCIM token: its form or checksum is wrong. Check that it was copied whole.").AsException();
        }

        var holder = await services.Store.ReadOneAsync(s => s.Tokens.FindByHash(hash));
        if (holder is null || !holder.Accepted(services.Time.GetUtcNow()))
        {
            throw Refusals.Unauthorized(
                "The token is not accepted: it was deleted, has expired, or its owner is no active admin. Have an admin generate a new one.").AsException();
        }

        return holder.Plan == Plan.Enterprise ? holder.TokenId : throw Refusals.PlanRequired(holder.Plan).AsException();
    }
}

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Api;
using ScimOperator.Backend.Scim;

namespace ScimOperator.Backend.Endpoints;

/// <summary>Writes a refusal in the form of the door it happened at.</summary>
internal static class ErrorResponses
{
    public static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        var response = context.Response;
        var allow = response.Headers.Allow;
        response.Clear();
        if (allow.Count > 0)
        {
            response.Headers.Allow = allow;
        }

        response.StatusCode = refusal.Status;
        if (refusal.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = Bearer.Of(context) is null ? "Bearer realm=\"scim\"" : "Bearer realm=\"scim\", error=\"invalid_token\"";
        }

        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (context.Request.Path.StartsWithSegments("/scim"))
        {
            await ScimResponses.WriteAsync(context, refusal.Status, ScimErrorJson.Of(refusal));
            return;
        }

        response.ContentType = "application/problem+json";
        await JsonSerializer.SerializeAsync(response.Body, Problem(refusal), WireJson.Context.ProblemView, context.RequestAborted);
    }

    private static ProblemView Problem(Refusal refusal) => new()
    {
        Type = "urn:scim-operator:problem:" + refusal.Code,
        Title = refusal.Title,
        Status = refusal.Status,
        Detail = refusal.Detail,
        Code = refusal.Code,
        Field = refusal.Field,
        MaxTokens = refusal.MaxTokens,
        MoreTokens = refusal.MoreTokens,
        CurrentVersion = refusal.CurrentVersion,
        Existing = refusal.ExistingId is { } id ? new ExistingView { Id = id, OwnerId = refusal.ExistingOwnerId } : null,
        Tokens = refusal.Tokens?.Select(t => new HeldTokenView
        {
            Id = t.Id,
            Description = t.Description,
            LastFour = t.LastFour,
            Reference = t.Reference,
        }).ToList(),
    };
}

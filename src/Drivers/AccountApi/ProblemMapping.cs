using System.Net;
using System.Text.Json;

namespace ScimOperator.Drivers.AccountApi;

/// <summary>Turns a refusal of the admin API (RFC 9457 problem details, or anything else) into a <see cref="BackendException"/>.</summary>
internal static class ProblemMapping
{
    internal static async Task<BackendException> ReadAsync(BackendHttp http, string call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = await ReadProblemAsync(response, cancellationToken);
        var error = Classify(response.StatusCode, problem?.Code);
        var said = (problem?.Detail ?? problem?.Title) is { Length: > 0 } words ? $": {http.Quote(words)}" : "";
        var code = problem?.Code is { Length: <= 64 } c ? $" {c}" : "";
        return new BackendException(
            error,
            $"{call}: the account answered {(int)response.StatusCode}{code}{said}",
            http.RetryAfter(response),
            problem?.Existing?.Id);
    }

    private static BackendError Classify(HttpStatusCode status, string? code) => (code, (int)status) switch
    {
        ("admin_holds_scim_token", _) => BackendError.AdminHoldsToken,
        ("last_admin", _) => BackendError.LastAdmin,
        ("owner_not_active_admin", _) => BackendError.OwnerNotActiveAdmin,
        ("plan_required", _) => BackendError.PlanRequired,
        ("token_limit_reached", _) => BackendError.TokenLimit,
        ("reference_conflict", _) => BackendError.ReferenceConflict,
        ("email_conflict", _) => BackendError.EmailConflict,
        (_, 412) => BackendError.VersionConflict,
        (_, 429) => BackendError.RateLimited,
        (_, 401) => BackendError.Unauthorized,
        ("not_found", 404) => BackendError.NotFound,
        (null, 404) => BackendError.InvalidAnswer,
        (null, 403) => BackendError.Unauthorized,
        (_, >= 500) => BackendError.Unreachable,
        (_, < 400) => BackendError.InvalidAnswer,
        _ => BackendError.Refused,
    };

    private static async Task<Wire.Problem?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
        {
            return null;
        }

        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(stream, WireJsonContext.Default.Problem, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            return null;
        }
    }
}

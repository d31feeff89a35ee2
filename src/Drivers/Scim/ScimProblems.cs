using System.Net;
using System.Text.Json.Nodes;

namespace ScimOperator.Drivers.Scim;

/// <summary>Turns refusals (RFC 7644, section 3.12) and answers that make no sense into <see cref="BackendException"/>s.</summary>
internal static class ScimProblems
{
    private const int LongestType = 64;

    /// <summary>An answer that is not what RFC 7644 promises.</summary>
    internal static BackendException Invalid(string call, string what) =>
        new(BackendError.InvalidAnswer, $"{call}: the answer is not what a SCIM 2.0 service provider promises: {what}");

    /// <summary>Whether an answer says that no other call would fare better.</summary>
    internal static bool ConcernsAll(ScimAnswer answer) => (int)answer.Status switch
    {
        501 => false,
        >= 500 or 401 or 429 => true,
        _ => false,
    };

    internal static BackendException From(BackendHttp http, ScimAnswer answer)
    {
        var (type, detail) = Read(answer);
        var said = detail is { Length: > 0 } ? $": {http.Quote(detail)}" : "";
        var named = type is { Length: > 0 and <= LongestType } ? $" {http.Quote(type)}" : "";
        return new BackendException(
            Classify(answer, type), $"{answer.Call}: the service provider answered {(int)answer.Status}{named}{said}", answer.RetryAfter);
    }

    private static BackendError Classify(ScimAnswer answer, string? type) => (type, (int)answer.Status) switch
    {
        ("uniqueness", >= 400 and < 500) => BackendError.EmailConflict,
        (_, 409) when Method(answer) == "POST" => BackendError.EmailConflict,
        (_, 401) => BackendError.Unauthorized,
        (_, 403) when Method(answer) == "GET" => BackendError.Unauthorized,
        (_, 404 or 410) => IsUser(answer) ? BackendError.NotFound : BackendError.InvalidAnswer,
        (_, 412) => BackendError.VersionConflict,
        (_, 429) => BackendError.RateLimited,
        (_, 501) => BackendError.Refused,
        (_, >= 500) => BackendError.Unreachable,
        (_, < 400) => BackendError.InvalidAnswer,
        _ => BackendError.Refused,
    };

    private static string Method(ScimAnswer answer) => answer.Call[..answer.Call.IndexOf(' ', StringComparison.Ordinal)];

    private static bool IsUser(ScimAnswer answer) => answer.Call.Contains("/Users/", StringComparison.Ordinal);

    /// <summary>The keyword and the words of an error, as far as there are any: it may have come from a proxy.</summary>
    private static (string? Type, string? Detail) Read(ScimAnswer answer)
    {
        if (answer.Status == HttpStatusCode.NoContent || !ScimJson.TryParse(answer, out var body))
        {
            return (null, null);
        }

        return (Text(body, "scimType"), Text(body, "detail"));
    }

    private static string? Text(JsonObject body, string name) => ScimJson.Get(body, name) is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Endpoints;

/// <summary>ETag and If-Match. A user's version is its tag.</summary>
internal static class Preconditions
{
    public static string Tag(UserRecord user) => string.Create(CultureInfo.InvariantCulture, $"\"{user.Version}\"");

    /// <summary>The condition a request carries; read before the transaction, checked within it.</summary>
    /// <exception cref="RefusedException">invalid_request: the header is no list of entity tags.</exception>
    public static IList<EntityTagHeaderValue>? IfMatch(HttpContext context)
    {
        if (context.Request.Headers.IfMatch is not { Count: > 0 } header)
        {
            return null;
        }

        return EntityTagHeaderValue.TryParseList(header, out var tags)
            ? tags
            : throw Refusals.Invalid("If-Match", "The header If-Match must hold entity tags in quotes, or *.").AsException();
    }

    /// <summary>Compares weakly: a version names content, however it is written out.</summary>
    /// <exception cref="RefusedException">version_conflict.</exception>
    public static void Require(IList<EntityTagHeaderValue>? tags, UserRecord user)
    {
        var own = Tag(user);
        if (tags is not null && !tags.Any(t => t.Tag == "*" || t.Tag == own))
        {
            throw Refusals.VersionConflict(user).AsException();
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ScimOperator.Backend.Accounts;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// Entity tags of SCIM resources: <c>W/"version"</c>, and <c>W/"version-shown"</c> where a resource shows names of others
/// (a user's groups and manager) that can change without it. Who reads is told by the whole tag what he has; who writes is
/// held to the version alone, since it is all that his write replaces.
/// </summary>
internal static class EntityTags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    /// <param name="shown">Stands for what the resource shows of others.</param>
    public static string Of(long version, uint shown) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}-{shown:x8}\"");

    /// <summary>Reads the tags of a condition, as in If-Match and in a bulk operation's version; null when there is none.</summary>
    /// <exception cref="RefusedException">invalidValue: no list of entity tags.</exception>
    public static IReadOnlyList<string>? Parse(string? condition)
    {
        if (string.IsNullOrEmpty(condition))
        {
            return null;
        }

        return EntityTagHeaderValue.TryParseList([condition], out var tags)
            ? [.. tags.Select(t => t.Tag.ToString())]
            : throw ScimErrors.InvalidValue("version", "A condition on the version must hold entity tags in quotes, or *.");
    }

    /// <summary>Whether a write with this condition may go on.</summary>
    public static bool Allow(IReadOnlyList<string>? condition, long version)
    {
        var own = version.ToString(CultureInfo.InvariantCulture);
        return condition is null || condition.Any(tag => tag == "*" || tag.Trim('"').Split('-')[0] == own);
    }

    /// <summary>Whether the caller has this representation already.</summary>
    public static bool NoneMatch(HttpContext context, string tag) =>
        EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var tags)
        && tags.Any(t => t.Tag == "*" || "W/" + t.Tag == tag);
}

using System.Globalization;
using System.Text;

namespace ScimOperator.Drivers.Scim;

/// <summary>
/// Finds a user by userName without regard to case. A filter's empty answer counts only where the provider was seen to compare
/// without regard to case, as RFC 7643 has it for userName: the guard lets pass what does not exist.
/// </summary>
internal sealed class ScimFinder(ScimClient client, ScimListing listing)
{
    private enum Trust
    {
        Unknown,
        Full,
        FoundOnly,
        None,
    }

    private volatile Trust trust;

    /// <summary>Whether filters turned out not to work.</summary>
    internal bool IsWithoutFilter => trust == Trust.None;

    internal async Task<BackendUser?> FindAsync(string email, ServiceProvider provider, CancellationToken cancellationToken)
    {
        if (provider.Filter && trust != Trust.None && await FilterAsync(email, cancellationToken) is { } page)
        {
            if (Named(page.Users, email) is { } found)
            {
                return found;
            }

            if (trust == Trust.Unknown)
            {
                trust = await ProbeAsync(cancellationToken);
            }

            if (trust == Trust.Full)
            {
                return null;
            }
        }

        return Named(await listing.ReadAsync(provider.Page, cancellationToken), email);
    }

    /// <summary>The answer to a filter; null when the provider can't filter, or does not do as asked.</summary>
    private async Task<ScimPage?> FilterAsync(string email, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, $"Users?filter={Uri.EscapeDataString($"userName eq \"{Escape(email)}\"")}", null, null, cancellationToken);
        if (!answer.IsSuccess)
        {
            trust = (int)answer.Status is 400 or 403 or 404 or 405 or 413 or 501 ? Trust.None : throw client.Problem(answer);
            return null;
        }

        var page = listing.Read(answer);
        if (page.Users.Any(u => !Same(u.Email, email)))
        {
            trust = Trust.None;
            return null;
        }

        return page;
    }

    /// <summary>Asks for some user that exists, with the case of the letters changed.</summary>
    private async Task<Trust> ProbeAsync(CancellationToken cancellationToken)
    {
        var some = await listing.PageAsync("startIndex=1&count=10", cancellationToken);
        if (some.Users.Select(u => u.Email).FirstOrDefault(e => SwapCase(e) != e) is not { } existing)
        {
            return Trust.Unknown;
        }

        var page = await FilterAsync(SwapCase(existing), cancellationToken);
        return page is null ? Trust.None : Named(page.Users, existing) is null ? Trust.FoundOnly : Trust.Full;
    }

    private static BackendUser? Named(IEnumerable<BackendUser> users, string email) => users.FirstOrDefault(u => Same(u.Email, email));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string SwapCase(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    /// <summary>As a JSON string (RFC 7644, section 3.4.2.2), so that a quote in a name ends nothing.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => escaped.Append('\\').Append(c),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}

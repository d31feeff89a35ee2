using System.Security.Cryptography;
using System.Text;

namespace ScimOperator.Cli.Imports;

/// <summary>
/// Names for objects that have none yet, made of what the account calls them: the same input gives the same names, and a name
/// does not change because somebody else joins. Pure.
/// </summary>
internal sealed class ManifestNames
{
    private const int Longest = 50;
    private const int HashDigits = 8;
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>A free name: the words where they are one as they stand, else what fits of them and a hash of all of <paramref name="identity"/>.</summary>
    internal string Take(string words, string identity)
    {
        var clean = Clean(words);
        var name = string.Equals(clean, words, StringComparison.OrdinalIgnoreCase) && clean.Length > 0 && !taken.Contains(clean) ? clean : Hashed(clean, identity);
        taken.Add(name);
        return name;
    }

    private static string Hashed(string clean, string identity)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity.ToLowerInvariant())))[..HashDigits];
        return clean.Length == 0 ? $"x-{hash}" : $"{clean}-{hash}";
    }

    /// <summary>Letters, digits, single dots and dashes, none at the ends: a DNS subdomain (RFC 1123), as Kubernetes wants names.</summary>
    private static string Clean(string words)
    {
        var text = new StringBuilder();
        foreach (var c in words.ToLowerInvariant())
        {
            var kept = char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-';
            if (char.IsAsciiLetterOrDigit(kept) || (text.Length > 0 && char.IsAsciiLetterOrDigit(text[^1])))
            {
                text.Append(kept);
            }

            if (text.Length == Longest)
            {
                break;
            }
        }

        return text.ToString().TrimEnd('-', '.');
    }
}

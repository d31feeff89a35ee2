using System.Security.Cryptography;
using System.Text;

namespace ScimOperator.Backend.Accounts;

/// <summary>
/// A token's value: <c>scimtok_</c>, 43 base62 characters drawn uniformly (256 bits), 6 base62 characters of CRC-32 over those.
/// Prefix and checksum let a secret scanner recognise one offline, and let a mistyped one be refused without a look-up.
/// </summary>
internal sealed class TokenValue
{
    private const string Prefix = "scimtok_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;
    private const int Length = 8 + SecretLength + ChecksumLength;

    private readonly string text;

    private TokenValue(string text)
    {
        this.text = text;
        Hash = HashOf(text);
    }

    /// <summary>SHA-256 of the whole value: the only form that is stored. A fast hash is enough for 256 random bits.</summary>
    public byte[] Hash { get; }

    /// <summary>The last four characters, by which people tell tokens apart. They belong to the checksum.</summary>
    public string LastFour => text[^4..];

    public static TokenValue Generate()
    {
        var secret = RandomNumberGenerator.GetString(Alphabet, SecretLength);
        return new TokenValue(Prefix + secret + Checksum(secret));
    }

    /// <summary>The hash to look up for a presented value, or null when it can't be one of ours.</summary>
    public static byte[]? HashIfWellFormed(string presented)
    {
        if (presented.Length != Length || !presented.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var secret = presented.AsSpan(Prefix.Length, SecretLength);
        return presented.AsSpan(Prefix.Length + SecretLength).SequenceEqual(Checksum(secret)) ? HashOf(presented) : null;
    }

    /// <summary>The value itself, for the one answer that carries it.</summary>
    public string Reveal() => text;

    /// <summary>Never the value: what is interpolated into a text by mistake must not leak it.</summary>
    public override string ToString() => Prefix + "…" + LastFour;

    private static byte[] HashOf(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    private static string Checksum(ReadOnlySpan<char> secret)
    {
        var rest = Crc32(secret);
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            digits[i] = Alphabet[(int)(rest % 62)];
            rest /= 62;
        }

        return new string(digits);
    }

    private static uint Crc32(ReadOnlySpan<char> text)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var c in text)
        {
            crc ^= (byte)c;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return ~crc;
    }
}

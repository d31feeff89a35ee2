using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// Where a page by cursor begins (RFC 9865). It holds a position, not a result: nothing is kept for it on the server, and
/// it outlives restarts. Its checksum covers the query, so it fits no other one.
/// </summary>
/// <param name="Kind">Which of the kinds that are searched.</param>
/// <param name="After">The last one seen: its place in creation order, or how many there were before it in a sorted list.</param>
/// <param name="Issued">When it was given out.</param>
internal sealed record SearchCursor(byte Kind, long After, DateTimeOffset Issued)
{
    /// <summary>How long a cursor can be used.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromHours(1);

    private const int ChecksumAt = 17;
    private const int Length = ChecksumAt + 8;

    public static SearchCursor First(DateTimeOffset now) => new(0, 0, now);

    /// <param name="signature">What must be the same on every page.</param>
    public string Encode(string signature)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], After);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Issued.ToUnixTimeSeconds());
        Checksum(bytes[..ChecksumAt], signature).CopyTo(bytes[ChecksumAt..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="Accounts.RefusedException">invalidCursor, expiredCursor.</exception>
    public static SearchCursor Decode(string text, string signature, DateTimeOffset now)
    {
        if (text.Length > 64 || !Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: Length } bytes
            || !Checksum(bytes.AsSpan(0, ChecksumAt), signature).AsSpan().SequenceEqual(bytes.AsSpan(ChecksumAt)))
        {
            throw ScimErrors.InvalidCursor(
                "The cursor is not one that this query was given: take nextCursor as it was, keep the other parameters, or begin anew with an empty cursor.");
        }

        var issued = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(9)));
        return now - issued <= Timeout
            ? new SearchCursor(bytes[0], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)), issued)
            : throw ScimErrors.ExpiredCursor($"The cursor is older than {Timeout.TotalSeconds} seconds: begin anew with an empty cursor.");
    }

    private static byte[] Checksum(ReadOnlySpan<byte> position, string signature)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(position);
        hash.AppendData(Encoding.UTF8.GetBytes(signature));
        return hash.GetHashAndReset()[..8];
    }
}

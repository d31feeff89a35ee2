using System.Security.Cryptography;
using System.Text;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>SHA-256 over the keys and values of a Secret: enough to notice a change, of no use to a thief.</summary>
/// <param name="Checksum">Lower-case hexadecimal.</param>
/// <param name="Keys">The keys, sorted.</param>
public sealed record SecretFingerprint(string Checksum, IReadOnlyList<string> Keys)
{
    /// <summary>The fingerprint of some content.</summary>
    public static SecretFingerprint Of(IEnumerable<KeyValuePair<string, byte[]>> data) =>
        FromDigests(data.Select(d => KeyValuePair.Create(d.Key, SHA256.HashData(d.Value))));

    /// <summary>The fingerprint of content whose values were hashed one by one.</summary>
    public static SecretFingerprint FromDigests(IEnumerable<KeyValuePair<string, byte[]>> digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var keys = new List<string>();
        foreach (var (key, digest) in digests.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            keys.Add(string.Intern(key));
            hash.AppendData(Encoding.UTF8.GetBytes(key));
            hash.AppendData([0]);
            hash.AppendData(digest);
        }

        return new SecretFingerprint(Convert.ToHexStringLower(hash.GetHashAndReset()), keys);
    }
}

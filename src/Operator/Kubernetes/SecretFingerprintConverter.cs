using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScimOperator.Operator.Kubernetes;

/// <summary>Reads a Secret's data as its fingerprint, so that no value ever stays in the cache.</summary>
internal sealed class SecretFingerprintConverter : JsonConverter<SecretFingerprint>
{
    public override SecretFingerprint? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A Secret's data must be an object.");
        }

        var digests = new List<KeyValuePair<string, byte[]>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            var value = reader.TokenType == JsonTokenType.Null ? [] : reader.GetBytesFromBase64();
            digests.Add(KeyValuePair.Create(key, SHA256.HashData(value)));
            CryptographicOperations.ZeroMemory(value);
        }

        return SecretFingerprint.FromDigests(digests);
    }

    public override void Write(Utf8JsonWriter writer, SecretFingerprint value, JsonSerializerOptions options) =>
        throw new NotSupportedException("A fingerprint can't be written back as a Secret's data.");
}

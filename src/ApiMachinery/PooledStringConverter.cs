using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScimOperator.ApiMachinery;

/// <summary>Reads a string that many objects have in common, such as a namespace.</summary>
public sealed class PooledStringConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? StringPool.Names.Read(ref reader) : throw new JsonException("a string was expected");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScimOperator.ApiMachinery;

/// <summary>Reads labels, whose keys and values many objects have in common.</summary>
public sealed class PooledLabelsConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = StringPool.Names.Read(ref reader)!;
            reader.Read();
            labels[name] = reader.TokenType == JsonTokenType.String
                ? StringPool.Values.Read(ref reader)!
                : throw new JsonException("a string was expected");
        }

        return labels;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        foreach (var (name, text) in value)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }
}

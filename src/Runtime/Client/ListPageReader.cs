using System.Text.Json;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>
/// Reads a list page object by object, so that one that can't be read (written by a newer or an older version, by hand,
/// while no schema was installed) does not hide the others. Which ones were skipped is told: they exist.
/// </summary>
internal static class ListPageReader
{
    public static ResourceList<T> Read<T>(ReadOnlySpan<byte> body, ResourceType<T> type, Action<ObjectKey, JsonException> skipped)
        where T : class, IKubernetesObject
    {
        var reader = new Utf8JsonReader(body);
        var metadata = new ListMeta();
        var items = new List<T>();
        var unread = new List<ObjectKey>();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not a JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                metadata = JsonSerializer.Deserialize(ref reader, RuntimeJsonContext.Default.ListMeta) ?? metadata;
            }
            else if (reader.ValueTextEquals("items"u8))
            {
                ReadItems(ref reader, body, type, items, unread, skipped);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ResourceList<T> { Metadata = metadata, Items = items, Skipped = unread };
    }

    private static void ReadItems<T>(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> body,
        ResourceType<T> type,
        List<T> items,
        List<ObjectKey> unread,
        Action<ObjectKey, JsonException> skipped)
        where T : class, IKubernetesObject
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var item = body[start..(int)reader.BytesConsumed];
            try
            {
                items.Add(JsonSerializer.Deserialize(item, type.Json) ?? throw new JsonException("null in items"));
            }
            catch (JsonException e)
            {
                var key = KeyOf(item);
                unread.Add(key);
                skipped(key, e);
            }
        }
    }

    /// <summary>The key of an object of which nothing but the metadata may be readable.</summary>
    public static ObjectKey KeyOf(ReadOnlySpan<byte> item) =>
        JsonSerializer.Deserialize(item, RuntimeJsonContext.Default.PartialObject)?.Key()
        ?? throw new JsonException("an item has no metadata");
}

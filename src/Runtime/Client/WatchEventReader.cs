using System.Net;
using System.Text.Json;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>Reads one line of a watch.</summary>
internal sealed class WatchEventReader<T>(ResourceType<T> type, ApiCall call, Action<ObjectKey, JsonException> skipped)
    where T : class, IKubernetesObject
{
    /// <summary>
    /// Reads an event. An object that can't be read becomes a bookmark (the watch has passed it); when it was deleted, the
    /// version counts as expired: only a new list can tell the store what is gone.
    /// </summary>
    public WatchEvent<T> Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var (name, json) = Split(line);
            return name switch
            {
                "ADDED" => Changed(WatchEventType.Added, json),
                "MODIFIED" => Changed(WatchEventType.Modified, json),
                "DELETED" => Changed(WatchEventType.Deleted, json),
                "BOOKMARK" => new WatchEvent<T>(WatchEventType.Bookmark, null, Version(Partial(json))),
                "ERROR" => throw Error(json),
                _ => throw new InvalidDataException($"{call}: unknown event type \"{Shown(name)}\""),
            };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{call}: a line is no watch event: {e.Message}", e);
        }
    }

    private WatchEvent<T> Changed(WatchEventType what, ReadOnlySpan<byte> json)
    {
        try
        {
            var value = JsonSerializer.Deserialize(json, type.Json) ?? throw new JsonException("object is null");
            return new WatchEvent<T>(what, value, Version(value));
        }
        catch (JsonException e)
        {
            var partial = Partial(json);
            skipped(partial.Key(), e);
            return what == WatchEventType.Deleted
                ? throw new KubeApiException(HttpStatusCode.Gone, "Expired", $"{call}: the deleted {partial.Key()} can't be read; listing again")
                : new WatchEvent<T>(WatchEventType.Bookmark, null, Version(partial));
        }
    }

    private static SplitLine Split(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        string? name = null;
        ReadOnlySpan<byte> json = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not a JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                name = reader.GetString();
            }
            else if (reader.ValueTextEquals("object"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                json = line[start..(int)reader.BytesConsumed];
            }
            else
            {
                reader.Skip();
            }
        }

        return name is null || json.IsEmpty ? throw new JsonException("type or object is missing") : new SplitLine(name, json);
    }

    private static PartialObject Partial(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, RuntimeJsonContext.Default.PartialObject) ?? throw new JsonException("object is null");

    private static string Version(IKubernetesObject obj) =>
        obj.Metadata.ResourceVersion is { Length: > 0 } version ? version : throw new JsonException("object has no resourceVersion");

    private KubeApiException Error(ReadOnlySpan<byte> json)
    {
        var status = ApiErrors.ReadStatus(json) ?? new ApiStatus { Message = "the ERROR event holds no Status" };
        return ApiErrors.From(call, (HttpStatusCode)(status.Code ?? 500), status);
    }

    private static string Shown(string name) => name.Length <= 32 ? name : name[..32];

    private readonly ref struct SplitLine(string type, ReadOnlySpan<byte> json)
    {
        private readonly string type = type;
        private readonly ReadOnlySpan<byte> json = json;

        public void Deconstruct(out string name, out ReadOnlySpan<byte> value)
        {
            name = type;
            value = json;
        }
    }
}

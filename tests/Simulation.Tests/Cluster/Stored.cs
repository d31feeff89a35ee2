using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Simulation.Tests.Cluster;

/// <summary>One version of an object, never changed.</summary>
internal sealed class Stored
{
    private readonly byte[] utf8;

    internal Stored(string plural, JsonObject json)
    {
        Plural = plural;
        utf8 = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(json);
        Json = JsonNode.Parse(utf8)!.AsObject();
        Key = new ObjectKey(Text(json, "metadata", "namespace") ?? "", Text(json, "metadata", "name")!);
    }

    internal string Plural { get; }

    internal JsonObject Json { get; }

    internal ObjectKey Key { get; }

    internal string Uid => Text(Json, "metadata", "uid")!;

    internal string Version => Text(Json, "metadata", "resourceVersion")!;

    internal bool IsDeleting => Text(Json, "metadata", "deletionTimestamp") is not null;

    internal IEnumerable<string> Owners => (Json["metadata"]!["ownerReferences"]?.AsArray() ?? []).Select(o => (string)o!["uid"]!);

    internal T Read<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(utf8, type)!;

    internal string? Text(params string[] path) => Text(Json, path);

    internal bool Says(string text) => System.Text.Encoding.UTF8.GetString(utf8).Contains(text, StringComparison.Ordinal);

    private static string? Text(JsonObject from, params string[] path)
    {
        JsonNode? node = from;
        foreach (var step in path)
        {
            node = node?[step];
        }

        return node switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            _ => node.ToJsonString(),
        };
    }
}

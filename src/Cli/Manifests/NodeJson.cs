using System.Buffers;
using System.Text.Json;
using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Manifests;

/// <summary>Writes what the guard needs of a validated document as JSON, for the source-generated reader.</summary>
internal static class NodeJson
{
    internal static ReadOnlyMemory<byte> Write(Node document, ManifestKey key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata");
            writer.WriteString("namespace", key.Namespace);
            writer.WriteString("name", key.Name);
            if (document.Find("metadata", "annotations") is { } annotations)
            {
                writer.WritePropertyName("annotations");
                Value(writer, annotations);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("spec");
            Value(writer, document["spec"]!);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Value(Utf8JsonWriter writer, Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Map:
                writer.WriteStartObject();
                foreach (var entry in node.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Value(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case NodeKind.List:
                writer.WriteStartArray();
                foreach (var item in node.Items)
                {
                    Value(writer, item);
                }

                writer.WriteEndArray();
                break;
            case NodeKind.Text:
                writer.WriteStringValue(node.Text);
                break;
            default:
                writer.WriteRawValue(node.Text);
                break;
        }
    }
}

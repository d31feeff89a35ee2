using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScimOperator.Cli.Output;

/// <summary>JSON as text, indented, ending in a newline; or as a request's body.</summary>
internal static class JsonText
{
    /// <summary>Quotes in messages stay readable: the text goes to files and terminals, never into HTML.</summary>
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Bytes(write, Options).Span) + "\n";

    /// <summary>Without white space.</summary>
    internal static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write) => Bytes(write, default);

    private static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }
}

using System.Buffers;
using System.Text.Json;

namespace ScimOperator.Runtime.Admission;

/// <summary>Writes the answering AdmissionReview.</summary>
internal static class AdmissionAnswer
{
    private const int MostWarnings = 16;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? threadBuffer;

    [ThreadStatic]
    private static Utf8JsonWriter? threadWriter;

    /// <summary>The answer's bytes; valid until the next call on this thread.</summary>
    public static ReadOnlySpan<byte> Write(string uid, AdmissionVerdict verdict, int maxMessageLength)
    {
        var buffer = threadBuffer ??= new ArrayBufferWriter<byte>(1024);
        var writer = threadWriter ??= new Utf8JsonWriter(buffer);
        buffer.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "AdmissionReview"u8);
        writer.WriteString("apiVersion"u8, "admission.k8s.io/v1"u8);
        writer.WriteStartObject("response"u8);
        writer.WriteString("uid"u8, uid);
        writer.WriteBoolean("allowed"u8, verdict.Allowed);
        if (!verdict.Allowed)
        {
            WriteStatus(writer, verdict, maxMessageLength);
        }

        if (verdict.Warnings is { Count: > 0 } warnings)
        {
            WriteWarnings(writer, warnings, maxMessageLength);
        }

        if (verdict is { Allowed: true, JsonPatch: { IsEmpty: false } patch })
        {
            writer.WriteString("patchType"u8, "JSONPatch"u8);
            writer.WriteBase64String("patch"u8, patch.Span);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    /// <summary>Cuts a text at a length, never between the halves of a character.</summary>
    public static ReadOnlySpan<char> Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static void WriteStatus(Utf8JsonWriter writer, AdmissionVerdict verdict, int maxMessageLength)
    {
        writer.WriteStartObject("status"u8);
        writer.WriteString("status"u8, "Failure"u8);
        writer.WriteNumber("code"u8, verdict.Code is >= 400 and < 600 ? verdict.Code : 403);
        writer.WriteString("reason"u8, verdict.Reason ?? "Forbidden");
        writer.WriteString("message"u8, Cut(verdict.Message ?? "denied, without a reason given", maxMessageLength));
        writer.WriteEndObject();
    }

    /// <summary>The API server keeps 256 characters of each warning at most, and 4096 of all together.</summary>
    private static void WriteWarnings(Utf8JsonWriter writer, IReadOnlyList<string> warnings, int maxMessageLength)
    {
        writer.WriteStartArray("warnings"u8);
        foreach (var warning in warnings.Take(MostWarnings))
        {
            writer.WriteStringValue(Cut(warning, Math.Min(maxMessageLength, 4096)));
        }

        writer.WriteEndArray();
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ScimOperator.Cli.Input;

/// <summary>
/// Turns bytes into text: UTF-8, or UTF-16 with a byte order mark. Anything else is refused, as are characters that YAML and JSON
/// do not allow: a parser that took a NUL for the end would not see what follows.
/// </summary>
internal static class TextDecoder
{
    private const char ByteOrderMark = '\uFEFF';

    internal static string Decode(string file, ReadOnlySpan<byte> bytes)
    {
        var text = bytes switch
        {
            [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => throw new InputException(Position.StartOf(file), "the file is UTF-32: save it as UTF-8"),
            [0xFF, 0xFE, ..] => Utf16(file, bytes[2..], bigEndian: false),
            [0xFE, 0xFF, ..] => Utf16(file, bytes[2..], bigEndian: true),
            [0xEF, 0xBB, 0xBF, ..] => Utf8(file, bytes[3..]),
            _ => Utf8(file, bytes),
        };
        RefuseControls(file, text);
        return text;
    }

    private static string Utf8(string file, ReadOnlySpan<byte> bytes)
    {
        var invalid = System.Text.Unicode.Utf8.IsValid(bytes) ? -1 : FirstInvalid(bytes);
        if (invalid < 0)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var before = Encoding.UTF8.GetString(bytes[..invalid]);
        throw new InputException(
            At(file, before, before.Length),
            string.Create(CultureInfo.InvariantCulture, $"byte 0x{bytes[invalid]:X2} is not UTF-8: save the file as UTF-8, or remove it if it is no manifest"));
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    /// <summary>Unit by unit: a decoder would put a replacement character where half a character stands.</summary>
    private static string Utf16(string file, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var units = new char[bytes.Length / 2];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = (char)(bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]));
        }

        var text = new string(units);
        return bytes.Length % 2 == 0
            ? text
            : throw new InputException(At(file, text, text.Length), "the file is UTF-16 and ends in the middle of a character: save it as UTF-8");
    }

    private static void RefuseControls(string file, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsAllowed(c))
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            throw new InputException(
                At(file, text, i),
                string.Create(CultureInfo.InvariantCulture, $"the character U+{(int)c:X4} is not allowed in a manifest: remove it, or the file if it is binary"));
        }
    }

    private static bool IsAllowed(char c) => c switch
    {
        '\t' or '\n' or '\r' or '\u0085' => true,
        < ' ' or '\u007F' or (>= '\u0080' and < '\u00A0') or '\uFFFE' or '\uFFFF' or ByteOrderMark => false,
        _ => !char.IsSurrogate(c),
    };

    private static Position At(string file, string text, int index)
    {
        var before = text.AsSpan(0, index);
        return new Position(file, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}

using System.Collections.Concurrent;
using System.Text.Json;

namespace ScimOperator.ApiMachinery;

/// <summary>
/// Gives equal strings one instance while they are read: thousands of cached objects share their namespace and labels, which
/// would else be a third of their size. Bounded: when it is full, strings are simply not shared.
/// </summary>
internal sealed class StringPool
{
    private const int LongestString = 128;
    private const int MostStrings = 4096;

    private readonly ConcurrentDictionary<string, string> strings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private int count;

    private StringPool() => lookup = strings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Namespaces, label keys: few and repeated.</summary>
    public static StringPool Names { get; } = new();

    /// <summary>Label values: some repeated. A pool of their own, so that unique ones do not fill the other.</summary>
    public static StringPool Values { get; } = new();

    /// <summary>The string, or the property name, that the reader stands on.</summary>
    public string? Read(ref Utf8JsonReader reader)
    {
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > LongestString)
        {
            return reader.GetString();
        }

        Span<char> buffer = stackalloc char[LongestString];
        var text = buffer[..reader.CopyString(buffer)];
        if (lookup.TryGetValue(text, out var known))
        {
            return known;
        }

        var made = new string(text);
        if (Volatile.Read(ref count) < MostStrings && strings.TryAdd(made, made))
        {
            Interlocked.Increment(ref count);
        }

        return made;
    }
}

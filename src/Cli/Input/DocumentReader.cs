namespace ScimOperator.Cli.Input;

/// <summary>Reads the documents of a file: JSON by its name, else YAML.</summary>
internal static class DocumentReader
{
    /// <summary>Whether a file of this name is read at all.</summary>
    internal static bool IsManifest(string name) => Path.GetExtension(name) switch
    {
        { } ext => ext.Equals(".yaml", StringComparison.OrdinalIgnoreCase) || ext.Equals(".yml", StringComparison.OrdinalIgnoreCase) || IsJson(name),
    };

    /// <summary>Reads a file's documents, or throws <see cref="InputException"/>.</summary>
    internal static IReadOnlyList<Node> Read(string file, ReadOnlySpan<byte> bytes, InputLimits limits)
    {
        if (bytes.Length > limits.FileBytes)
        {
            throw TooLarge(file, bytes.Length, limits);
        }

        var text = TextDecoder.Decode(file, bytes);
        return IsJson(file) ? JsonReader.Read(file, text, limits) : YamlReader.Read(file, text, limits);
    }

    internal static InputException TooLarge(string file, long bytes, InputLimits limits) =>
        new(Position.StartOf(file), $"the file has {bytes} bytes, more than the {limits.FileBytes} that are read: split it, or keep it out of the folder that is checked");

    private static bool IsJson(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}

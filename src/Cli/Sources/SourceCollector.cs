using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Sources;

/// <summary>Collects the files of one side within the limits.</summary>
internal sealed class SourceCollector(string title, InputLimits limits)
{
    private readonly List<SourceFile> files = [];
    private readonly List<InputProblem> problems = [];
    private long total;

    /// <summary>Whether a file of this size may be read; if not, the problem is noted.</summary>
    internal bool Admit(string name, long bytes)
    {
        if (bytes > limits.FileBytes)
        {
            problems.Add(DocumentReader.TooLarge(name, bytes, limits).Problem);
            return false;
        }

        total += bytes;
        if (total <= limits.TotalBytes && files.Count < limits.Files)
        {
            return true;
        }

        throw new InputException(
            Position.StartOf(name),
            $"{title} holds more than {limits.Files} manifest files or {limits.TotalBytes} bytes of them: name the folder with the scim-operator.io manifests, or use --path");
    }

    internal void Add(string name, ReadOnlyMemory<byte> content) => files.Add(new SourceFile(name, content));

    internal void Problem(string name, string message) => problems.Add(new InputProblem(Position.StartOf(name), message));

    internal SourceSet ToSet() => new(
        title,
        [.. files.OrderBy(f => f.Name, StringComparer.Ordinal)],
        [.. problems.OrderBy(p => p.At.File, StringComparer.Ordinal)]);
}

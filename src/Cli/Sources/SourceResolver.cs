using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Sources;

/// <summary>
/// Finds out what a side names: <c>-</c> is standard input, an existing folder or file is read as it is, anything else is a git revision.
/// The prefixes <c>dir:</c> and <c>git:</c> decide where a name is both.
/// </summary>
internal sealed class SourceResolver(string workingDirectory, Stream standardInput, InputLimits limits)
{
    private const string FolderPrefix = "dir:";
    private const string GitPrefix = "git:";

    internal async Task<SourceSet> ReadAsync(string side, string? path, CancellationToken cancellationToken)
    {
        if (side == "-")
        {
            return await StreamSource.ReadAsync(StreamSource.StandardInput, standardInput, limits, cancellationToken);
        }

        if (side.StartsWith(GitPrefix, StringComparison.Ordinal))
        {
            return await GitAsync(side[GitPrefix.Length..], path, cancellationToken);
        }

        var folder = side.StartsWith(FolderPrefix, StringComparison.Ordinal) ? side[FolderPrefix.Length..] : side;
        var full = Path.Combine(workingDirectory, folder);
        if (Directory.Exists(full) || File.Exists(full))
        {
            return await FolderAsync(folder, path, cancellationToken);
        }

        return folder.Length != side.Length
            ? throw new InputException(Position.StartOf(folder), $"there is no folder {folder}")
            : await GitAsync(side, path, cancellationToken);
    }

    private Task<SourceSet> GitAsync(string revision, string? path, CancellationToken cancellationToken) =>
        new GitSource(workingDirectory, limits).ReadAsync(revision, path, cancellationToken);

    private Task<SourceSet> FolderAsync(string folder, string? path, CancellationToken cancellationToken)
    {
        var below = path is null ? folder : Path.Combine(folder, path);
        return FolderSource.ReadAsync(workingDirectory, below, limits, cancellationToken);
    }
}

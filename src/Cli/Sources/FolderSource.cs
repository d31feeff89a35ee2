using ScimOperator.Cli.Input;

namespace ScimOperator.Cli.Sources;

/// <summary>
/// Reads the manifests of a folder and those below it, or one file. Symbolic links are not followed: what one names inside the folder is
/// read anyway, and what lies outside is not part of the change.
/// </summary>
internal static class FolderSource
{
    internal static async Task<SourceSet> ReadAsync(string workingDirectory, string folder, InputLimits limits, CancellationToken cancellationToken)
    {
        var collector = new SourceCollector(folder, limits);
        var full = Path.Combine(workingDirectory, folder);
        if (File.Exists(full))
        {
            // Named by the user, so waited for: it may well be a pipe, as in --head <(kustomize build).
            await using var stream = Open(full, Shown(folder));
            return await StreamSource.ReadAsync(Shown(folder), stream, limits, cancellationToken);
        }
        else
        {
            var root = new DirectoryInfo(full);
            await WalkAsync(new Walk(Path.TrimEndingDirectorySeparator(root.FullName), collector, limits), root, Shown(Path.TrimEndingDirectorySeparator(folder)), 1, cancellationToken);
        }

        return collector.ToSet();
    }

    private static FileStream Open(string full, string shown)
    {
        try
        {
            return File.OpenRead(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(Position.StartOf(shown), $"the file can't be read: {e.Message}");
        }
    }

    private static string Shown(string path) => path.Replace('\\', '/') is var shown && shown.StartsWith("./", StringComparison.Ordinal) ? shown[2..] : shown;

    private static async Task WalkAsync(Walk walk, DirectoryInfo folder, string shown, int depth, CancellationToken cancellationToken)
    {
        if (depth > walk.Limits.FolderDepth)
        {
            walk.Collector.Problem(shown, $"folders are nested more than {walk.Limits.FolderDepth} deep here: what lies below is not read");
            return;
        }

        foreach (var entry in List(folder, shown, walk.Collector))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = shown is "." or "" ? entry.Name : $"{shown}/{entry.Name}";
            if (entry.LinkTarget is not null)
            {
                ReportLink(walk, entry, name);
            }
            else if (entry is DirectoryInfo below && below.Name != ".git")
            {
                await WalkAsync(walk, below, name, depth + 1, cancellationToken);
            }
            else if (entry is FileInfo file && DocumentReader.IsManifest(file.Name))
            {
                await ReadFileAsync(file, name, walk.Collector, cancellationToken);
            }
        }
    }

    private static IEnumerable<FileSystemInfo> List(DirectoryInfo folder, string shown, SourceCollector collector)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            collector.Problem(shown, $"the folder can't be read: {e.Message}");
            return [];
        }
    }

    private static void ReportLink(Walk walk, FileSystemInfo link, string name)
    {
        var target = Path.GetFullPath(link.LinkTarget!, Path.GetDirectoryName(link.FullName)!);
        var inside = target == walk.Root || target.StartsWith(walk.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!inside && (DocumentReader.IsManifest(link.Name) || Directory.Exists(target)))
        {
            walk.Collector.Problem(name, $"this symbolic link leads out of the folder, to {link.LinkTarget}, and is not followed: put the manifest itself into the folder");
        }
    }

    /// <summary>
    /// What has no size is left out: an empty file holds no document, and a named pipe or device, which shows no size either, would be
    /// waited for without end.
    /// </summary>
    private static async Task ReadFileAsync(FileInfo file, string name, SourceCollector collector, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Length > 0 && collector.Admit(name, file.Length))
            {
                collector.Add(name, await File.ReadAllBytesAsync(file.FullName, cancellationToken));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            collector.Problem(name, $"the file can't be read: {e.Message}");
        }
    }

    private sealed record Walk(string Root, SourceCollector Collector, InputLimits Limits);
}

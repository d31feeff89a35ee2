using System.Formats.Tar;
using System.IO.Compression;

namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>Takes the known programs, and nothing else, out of an envtest archive, whatever folders it keeps them in.</summary>
internal static class EnvtestUnpacker
{
    private const UnixFileMode ProgramMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly HashSet<string> Programs = ["etcd", "kube-apiserver", "kubectl", "kube-controller-manager"];

    /// <exception cref="InvalidDataException">It is no gzip or tar file, or is cut short.</exception>
    internal static async Task UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await using var file = File.OpenRead(archive);
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            // Only the last part of the name is used, so no entry can be written outside the folder.
            var name = Path.GetFileName(entry.Name);
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && Programs.Contains(name))
            {
                var path = Path.Combine(folder, name);
                await entry.ExtractToFileAsync(path, overwrite: true, cancellationToken);
                SetMode(path);
            }
        }
    }

    private static void SetMode(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ProgramMode);
        }
    }
}

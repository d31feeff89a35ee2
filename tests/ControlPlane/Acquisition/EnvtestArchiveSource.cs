using System.Security.Cryptography;

namespace ScimOperator.ControlPlanes.Acquisition;

/// <summary>
/// Downloads the published envtest archive, verifies its checksum before anything is unpacked, and moves the result into the
/// cache in one rename. A failure leaves nothing in the cache.
/// </summary>
public sealed class EnvtestArchiveSource : IControlPlaneSource
{
    /// <inheritdoc/>
    public string Name => "the envtest archive";

    /// <inheritdoc/>
    public async Task<SourceResult> TryAcquireAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (EnvtestRelease.MachineArchitecture is not { } architecture || !options.Release.Sha512.TryGetValue(architecture, out var sha512))
        {
            return SourceResult.Unavailable("none is published for this machine's system or processor");
        }

        // A folder name that starts with a dot and is our own: two processes never share it, and the cache never looks there.
        var staging = Path.Combine(options.CacheDirectory, $".download-{Guid.NewGuid():N}");
        try
        {
            var address = Address(options, architecture);
            return await DownloadAsync(options, address, sha512, staging, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or TimeoutException or UnauthorizedAccessException)
        {
            return SourceResult.Unavailable(OneLine(exception));
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }
    }

    private static Uri Address(ControlPlaneOptions options, string architecture)
    {
        var mirror = options.NotEmpty(ControlPlaneOptions.ArchiveAddressVariable);
        var folder = mirror is null ? options.Release.BaseAddress : new Uri(mirror.EndsWith('/') ? mirror : mirror + "/");
        return new Uri(folder, options.Release.ArchiveName(architecture));
    }

    private static async Task<SourceResult> DownloadAsync(ControlPlaneOptions options, Uri address, string sha512, string staging, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(staging);
        var archive = Path.Combine(staging, "archive.tar.gz");
        await new ArchiveDownload(options).SaveAsync(address, archive, cancellationToken);
        if (await ComputeSha512Async(archive, cancellationToken) is var actual && !actual.Equals(sha512, StringComparison.OrdinalIgnoreCase))
        {
            return SourceResult.Unavailable($"{address} has the SHA-512 {actual[..16]}…, expected {sha512[..16]}…: damaged or tampered with, thrown away");
        }

        var folder = Path.Combine(staging, "unpacked");
        await EnvtestUnpacker.UnpackAsync(archive, folder, cancellationToken);
        if (ControlPlaneBinaries.Find(folder) is null)
        {
            return SourceResult.Unavailable($"{address} holds no etcd or no kube-apiserver");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, CacheSource.Marker), $"{options.Release.Version} from {address}\n", cancellationToken);
        var target = Path.Combine(options.CacheDirectory, options.Release.Version);
        MoveIntoCache(folder, target);
        return SourceResult.From(CacheSource.Find(target) ?? throw new IOException($"{target} is not usable after unpacking"));
    }

    /// <summary>Another process may have been quicker: what it verified is as good as ours. An incomplete folder is replaced.</summary>
    private static void MoveIntoCache(string folder, string target)
    {
        if (CacheSource.Find(target) is not null)
        {
            return;
        }

        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.Move(folder, target);
    }

    private static async Task<string> ComputeSha512Async(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA512.HashDataAsync(file, cancellationToken));
    }

    private static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ");
}
